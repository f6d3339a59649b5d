package dev.slotgate.web;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.state.InstanceId;
import dev.slotgate.state.MasterKey;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The calls of the last 24 hours that had an {@code Idempotency-Key}, and how they were answered. */
@Component
class IdempotentCalls {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotentCalls.class);

    /** No call takes longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final JdbcClient database;
    private final MasterKey masterKey;
    private final InstanceId instance;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    IdempotentCalls(JdbcClient database, MasterKey masterKey, InstanceId instance) {
        this.database = database;
        this.masterKey = masterKey;
        this.instance = instance;
    }

    /** Neither the key nor the body can be found out from what is kept of them. */
    IdempotentCall call(String caller, String methodAndPath, String key, byte[] body) {
        return new IdempotentCall(
                hex(masterKey.hmac("idempotency-key", bytes(caller), bytes(methodAndPath), bytes(key))),
                hex(masterKey.hmac("idempotency-body", body)));
    }

    /**
     * Begins the call, or waits for the end of the one that has begun.
     *
     * @return how it was answered; empty when it is to be done
     * @throws IdempotencyKeyReused when it had another body
     * @throws HsmException SLOT_BUSY when the first does not end
     */
    Optional<IdempotentCall.Answer> begin(IdempotentCall call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (insert(call)) {
                return Optional.empty();
            }
            Optional<Row> first = find(call);
            if (first.isPresent()) {
                Row row = first.get();
                if (!row.fingerprint.equals(call.fingerprint())) {
                    throw new IdempotencyKeyReused();
                }
                if (row.answer != null) {
                    return Optional.of(row.answer);
                }
                if (row.abandoned && takeOver(call)) {
                    return Optional.empty();
                }
            }
            pause();
        }
        throw new HsmException(HsmFailure.SLOT_BUSY, "The first call with this Idempotency-Key has not ended.");
    }

    void answered(IdempotentCall call, IdempotentCall.Answer answer) {
        finish(
                call,
                () -> database.sql("update idempotent_call set status = :status, content_type = :type, "
                                + "location = :location, body = :body where id = :id")
                        .param("status", answer.status())
                        .param("type", answer.contentType())
                        .param("location", answer.location())
                        .param("body", Base64.getEncoder().encodeToString(answer.body()))
                        .param("id", call.id())
                        .update());
    }

    /** It may be done again. */
    void unanswered(IdempotentCall call) {
        finish(
                call,
                () -> database.sql("delete from idempotent_call where id = :id")
                        .param("id", call.id())
                        .update());
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void forgetOld() {
        database.sql("delete from idempotent_call where created_at < current_timestamp - interval '24' hour")
                .update();
    }

    /** What was answered stands, whether it can be written down or not; if it cannot, the call may be done again. */
    private void finish(IdempotentCall call, Runnable write) {
        try {
            write.run();
        } catch (DataAccessException e) {
            LOG.warn("How a call with an Idempotency-Key was answered could not be written down", e);
        } finally {
            running.remove(call.id());
        }
    }

    private boolean insert(IdempotentCall call) {
        if (!running.add(call.id())) {
            return false;
        }
        boolean inserted = false;
        try {
            database.sql("delete from idempotent_call where id = :id "
                            + "and created_at < current_timestamp - interval '24' hour")
                    .param("id", call.id())
                    .update();
            database.sql(
                            "insert into idempotent_call (id, fingerprint, instance) values (:id, :fingerprint, :instance)")
                    .param("id", call.id())
                    .param("fingerprint", call.fingerprint())
                    .param("instance", instance.text())
                    .update();
            inserted = true;
        } catch (DuplicateKeyException e) {
            // It came before.
        } finally {
            if (!inserted) {
                running.remove(call.id());
            }
        }
        return inserted;
    }

    /** Its process is gone, and nobody knows how it would have been answered. */
    private boolean takeOver(IdempotentCall call) {
        if (!running.add(call.id())) {
            return false;
        }
        boolean taken = false;
        try {
            taken = database.sql("update idempotent_call set instance = :instance, created_at = current_timestamp "
                                    + "where id = :id and status is null")
                            .param("instance", instance.text())
                            .param("id", call.id())
                            .update()
                    > 0;
        } finally {
            if (!taken) {
                running.remove(call.id());
            }
        }
        return taken;
    }

    private Optional<Row> find(IdempotentCall call) {
        return database.sql("select fingerprint, instance, status, content_type, location, body, "
                        + "created_at < current_timestamp - interval '60' second as old "
                        + "from idempotent_call where id = :id")
                .param("id", call.id())
                .query((row, _) -> row(row, running.contains(call.id())))
                .optional();
    }

    private Row row(ResultSet row, boolean runs) throws SQLException {
        boolean ours = row.getString("instance").equals(instance.text());
        return new Row(row.getString("fingerprint"), ours ? !runs : row.getBoolean("old"), answer(row));
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

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HsmException(HsmFailure.SLOT_BUSY, "The gateway stops.");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** @param abandoned whether nobody works on it any more */
    private record Row(String fingerprint, boolean abandoned, IdempotentCall.@Nullable Answer answer) {}
}
