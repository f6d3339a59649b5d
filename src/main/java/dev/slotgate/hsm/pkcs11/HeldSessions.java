package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that stay lent from one call to the next, each with an operation of the token under way in it; at most a quarter of
 * the pool's. One that is not used for some time is let go, and so are all when the token is needed alone. Those are closed,
 * since the operation in them has not ended.
 */
final class HeldSessions {

    private static final int SHARE = 4;

    private final SessionPool pool;
    private final Duration patience;
    private final Map<Long, HeldSession> held = new ConcurrentHashMap<>();
    private final AtomicInteger places = new AtomicInteger();
    private final SecureRandom numbers = new SecureRandom();

    /** @param patience how long one may be without use */
    HeldSessions(SessionPool pool, Duration patience) {
        this.pool = pool;
        this.patience = patience;
    }

    /**
     * Begins work that goes on in further calls.
     *
     * @param fresh whether the session must be a new one
     * @return the number by which the session is named to them
     * @throws HsmException SLOT_BUSY when as many are held as may be, or whatever became of the work
     */
    long begin(Deadline deadline, boolean fresh, SessionWork<?> first) {
        takePlace();
        try {
            var session = new HeldSession(pool.keep(deadline, fresh, first));
            long number = numbers.nextLong();
            held.put(number, session);
            Thread.ofVirtual().name("held-session").start(() -> watch(number, session));
            return number;
        } catch (RuntimeException e) {
            places.decrementAndGet();
            throw e;
        }
    }

    /** Goes on; a session in which something failed is let go. */
    <T> T work(long number, Deadline deadline, SessionWork<T> next) {
        HeldSession session = held.get(number);
        if (session == null) {
            throw wasLetGo();
        }
        try {
            return session.work(deadline, next);
        } catch (RuntimeException e) {
            letGo(number);
            throw e;
        }
    }

    /** Does what ends the operation, and gives the session back. */
    <T> T end(long number, Deadline deadline, SessionWork<T> last) {
        HeldSession session = taken(number);
        if (session == null) {
            throw wasLetGo();
        }
        try {
            return session.work(deadline, last);
        } finally {
            pool.giveBack(session.pooled());
        }
    }

    /** Closes a session, if it is still held. */
    void letGo(long number) {
        HeldSession session = taken(number);
        if (session != null) {
            pool.discard(session.pooled());
        }
    }

    void letGoAll() {
        held.keySet().forEach(this::letGo);
    }

    private void takePlace() {
        int most = Math.max(1, pool.counts().max() / SHARE);
        if (places.getAndUpdate(taken -> taken < most ? taken + 1 : taken) >= most) {
            throw new HsmException(
                    HsmFailure.SLOT_BUSY,
                    "As many sessions of the slot as may be (" + most + ") are in use for messages that still arrive.");
        }
    }

    /** Whoever takes one out of the map has it alone. */
    private @Nullable HeldSession taken(long number) {
        HeldSession session = held.remove(number);
        if (session != null) {
            places.decrementAndGet();
        }
        return session;
    }

    private void watch(long number, HeldSession session) {
        while (held.get(number) == session) {
            long left = session.nanosLeft(patience);
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else {
                letGo(number);
            }
        }
    }

    private static HsmException wasLetGo() {
        return new HsmException(
                HsmFailure.SLOT_BUSY,
                "The session was taken back meanwhile: the message stood still, or the token was needed alone.");
    }
}
