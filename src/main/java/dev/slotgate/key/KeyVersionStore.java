package dev.slotgate.key;

import dev.slotgate.hsm.KeyId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which key follows which, in the database. */
@Repository
class KeyVersionStore {

    private static final String OF_TOKEN =
            " where serial = :serial and generation = " + KeyMetadataStore.GENERATION + " and ";

    private final JdbcClient database;

    KeyVersionStore(JdbcClient database) {
        this.database = database;
    }

    /** A key that was made to follow this one, or is about to be; none that was destroyed. */
    Optional<KeyId> next(String serial, KeyId previous) {
        return database
                .sql("select key_id from key_record" + OF_TOKEN + "previous = :previous and destroyed_at is null")
                .param("serial", serial)
                .param("previous", previous.hex())
                .query((row, _) -> new KeyId(row.getString("key_id")))
                .list()
                .stream()
                .findFirst();
    }

    /** The next version takes over: with the rules and tags that the previous one has by now. */
    void succeed(String serial, KeyId previous, KeyId next) {
        database.sql("update key_record set successor = :next" + OF_TOKEN + "key_id = :previous")
                .param("serial", serial)
                .param("previous", previous.hex())
                .param("next", next.hex())
                .update();
        database.sql("update key_record set (tags, algorithms, grants) = "
                        + "(select p.tags, p.algorithms, p.grants from key_record p where p.serial = :serial "
                        + "and p.generation = " + KeyMetadataStore.GENERATION + " and p.key_id = :previous)" + OF_TOKEN
                        + "key_id = :next")
                .param("serial", serial)
                .param("previous", previous.hex())
                .param("next", next.hex())
                .update();
    }
}
