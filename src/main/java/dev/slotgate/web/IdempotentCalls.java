package dev.slotgate.web;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.recurrence.Recurrence;
import dev.slotgate.recurrence.Recurring;
import dev.slotgate.state.MasterKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The calls of the last 24 hours that had an {@code Idempotency-Key}: each is done once, by one, and the others wait. */
@Component
class IdempotentCalls implements Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotentCalls.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    /** No call takes longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final IdempotentCallStore store;
    private final MasterKey masterKey;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    IdempotentCalls(IdempotentCallStore store, MasterKey masterKey) {
        this.store = store;
        this.masterKey = masterKey;
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
            if (runs(call, store::insert)) {
                return Optional.empty();
            }
            Optional<IdempotentCallStore.Row> first = store.find(call);
            if (first.isPresent()) {
                IdempotentCallStore.Row row = first.get();
                if (!row.fingerprint().equals(call.fingerprint())) {
                    throw new IdempotencyKeyReused();
                }
                if (row.answer() != null) {
                    return Optional.of(row.answer());
                }
                if (isAbandoned(row, call) && runs(call, store::takeOver)) {
                    return Optional.empty();
                }
            }
            pause();
        }
        throw new HsmException(HsmFailure.SLOT_BUSY, "The first call with this Idempotency-Key has not ended.");
    }

    void answered(IdempotentCall call, IdempotentCall.Answer answer) {
        finish(call, () -> store.answer(call, answer));
    }

    /** It may be done again. */
    void unanswered(IdempotentCall call) {
        finish(call, () -> store.delete(call));
    }

    @Override
    public Recurrence recurrence() {
        return new Recurrence(this::forgetOld, PAUSE);
    }

    void forgetOld() {
        store.deleteOld();
    }

    /** Whether it runs here from now on: it did not, and the row is had. */
    private boolean runs(IdempotentCall call, Predicate<IdempotentCall> have) {
        if (!running.add(call.id())) {
            return false;
        }
        boolean had = false;
        try {
            had = have.test(call);
            return had;
        } finally {
            if (!had) {
                running.remove(call.id());
            }
        }
    }

    /** Its process is gone, and nobody knows how it would have been answered. */
    private boolean isAbandoned(IdempotentCallStore.Row row, IdempotentCall call) {
        return row.ours() ? !running.contains(call.id()) : row.stale();
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
}
