package dev.slotgate.web;

import dev.slotgate.state.InstanceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of calls that may come again; one without an answer is under way. */
@Repository
class IdempotentCallStore {

    private static final String IS_OLD = "created_at < current_timestamp - interval '24' hour";

    private final JdbcClient database;
    private final InstanceId instance;

    IdempotentCallStore(JdbcClient database, InstanceId instance) {
        this.database = database;
        this.instance = instance;
    }

    /** False when the call has a row that is not old. */
    boolean insert(IdempotentCall call) {
        database.sql("delete from idempotent_call where id = :id and " + IS_OLD)
                .param("id", call.id())
                .update();
        try {
            database.sql(
                            "insert into idempotent_call (id, fingerprint, instance) values (:id, :fingerprint, :instance)")
                    .param("id", call.id())
                    .param("fingerprint", call.fingerprint())
                    .param("instance", instance.text())
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** Makes it a call of this instance. False when it was answered meanwhile. */
    boolean takeOver(IdempotentCall call) {
        return database.sql("update idempotent_call set instance = :instance, created_at = current_timestamp "
                                + "where id = :id and status is null")
                        .param("instance", instance.text())
                        .param("id", call.id())
                        .update()
                > 0;
    }

    Optional<Row> find(IdempotentCall call) {
        return database.sql("select fingerprint, instance, status, content_type, location, body, "
                        + "created_at < current_timestamp - interval '60' second as stale "
                        + "from idempotent_call where id = :id")
                .param("id", call.id())
                .query((row, _) -> read(row))
                .optional();
    }

    void answer(IdempotentCall call, IdempotentCall.Answer answer) {
        database.sql("update idempotent_call set status = :status, content_type = :type, "
                        + "location = :location, body = :body where id = :id")
                .param("status", answer.status())
                .param("type", answer.contentType())
                .param("location", answer.location())
                .param("body", Base64.getEncoder().encodeToString(answer.body()))
                .param("id", call.id())
                .update();
    }

    void delete(IdempotentCall call) {
        database.sql("delete from idempotent_call where id = :id")
                .param("id", call.id())
                .update();
    }

    void deleteOld() {
        database.sql("delete from idempotent_call where " + IS_OLD).update();
    }

    private Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getString("fingerprint"),
                row.getString("instance").equals(instance.text()),
                row.getBoolean("stale"),
                answer(row));
    }

    private static IdempotentCall.@Nullable Answer answer(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        return status == 0
                ? null
                : new IdempotentCall.Answer(
                        status,
                        row.getString("content_type"),
                        row.getString("location"),
                        Base64.getDecoder().decode(row.getString("body")));
    }

    /**
     * What is known of a call.
     *
     * @param ours whether this instance began it, in this process or an earlier one
     * @param stale whether it began longer ago than any call takes
     */
    record Row(String fingerprint, boolean ours, boolean stale, IdempotentCall.@Nullable Answer answer) {}
}
