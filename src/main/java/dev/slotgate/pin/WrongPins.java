package dev.slotgate.pin;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The wrong PINs of the last quarter of an hour, in the database, so that every gateway that shares it counts them. */
@Repository
class WrongPins {

    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final String LATELY = "tried_at > current_timestamp - interval '15' minute";

    private final JdbcClient database;

    WrongPins(JdbcClient database) {
        this.database = database;
    }

    void add(String caller, int slot) {
        database.sql("delete from wrong_pin where not " + LATELY).update();
        database.sql("insert into wrong_pin (id, caller, slot_id) values (:id, :caller, :slot)")
                .param("id", UUID.randomUUID().toString())
                .param("caller", caller)
                .param("slot", slot)
                .update();
    }

    Count by(String caller) {
        return count("caller", caller);
    }

    Count on(int slot) {
        return count("slot_id", slot);
    }

    private Count count(String column, Object value) {
        return database.sql(
                        "select count(*) as number, min(tried_at) as oldest, current_timestamp as now from wrong_pin where "
                                + LATELY + " and " + column + " = :value")
                .param("value", value)
                .query((row, _) -> {
                    var oldest = row.getTimestamp("oldest");
                    Instant now = row.getTimestamp("now").toInstant();
                    return new Count(
                            row.getInt("number"),
                            oldest == null
                                    ? Duration.ZERO
                                    : Duration.between(now, oldest.toInstant().plus(WINDOW)));
                })
                .single();
    }

    /**
     * How many there are.
     *
     * @param oneLess how long it takes until there is one less
     */
    record Count(int number, Duration oneLess) {}
}
