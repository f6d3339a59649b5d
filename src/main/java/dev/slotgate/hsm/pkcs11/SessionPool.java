package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SessionCounts;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xipki.pkcs11.wrapper.Token;

/**
 * The sessions of a slot. One is lent for one piece of work, the last one given back first; sessions are opened when they
 * are needed, up to a limit, and a caller waits for one a bounded time. A permit stands for a session that is open or
 * being opened for a caller; it comes back when the session is idle or really closed, so that sessions that hang count.
 */
final class SessionPool {

    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

    private final String name;
    private final Token token;
    private final int max;
    private final Limits limits;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<PooledSession> idle = new ConcurrentLinkedDeque<>();
    private final Set<PooledSession> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    /**
     * @param name what the threads are called by
     * @param max how many sessions at most
     */
    SessionPool(String name, Token token, int max, Limits limits) {
        this.name = name;
        this.token = token;
        this.max = max;
        this.limits = limits;
        this.permits = new Semaphore(max);
    }

    /**
     * Lends a session to the work.
     *
     * @throws HsmException SLOT_BUSY when none came free in time, or what became of the work
     */
    <T> T withSession(Duration deadline, SessionWork<T> work) {
        takePermit();
        PooledSession session = takeSession();
        try {
            return session.work(deadline, work);
        } finally {
            giveBack(session);
        }
    }

    SessionCounts counts() {
        return new SessionCounts(max, open.size(), max - permits.availablePermits(), waiting.get());
    }

    /** Closes every session and lends none any more. False when a call hangs in one of them. */
    boolean close() {
        closed = true;
        for (PooledSession session : open) {
            close(session, () -> {});
        }
        return open.stream().allMatch(session -> session.hasEndedWithin(PATIENCE_AT_CLOSE));
    }

    private void takePermit() {
        if (permits.tryAcquire()) {
            return;
        }
        waiting.incrementAndGet();
        try {
            if (!permits.tryAcquire(limits.patience().toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy("All " + max + " sessions of the slot were in use for "
                        + limits.patience().toMillis() + " ms.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("The wait for a session was interrupted.");
        } finally {
            waiting.decrementAndGet();
        }
    }

    private PooledSession takeSession() {
        PooledSession session = idle.pollFirst();
        if (session != null) {
            return session;
        }
        return openSession();
    }

    /** A session that fails to open, or is late, counts until its thread has closed whatever came of it. */
    private PooledSession openSession() {
        var session = new PooledSession(name);
        open.add(session);
        try {
            if (closed) {
                throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The gateway is stopping.");
            }
            session.open(token, limits.call());
            return session;
        } catch (RuntimeException e) {
            close(session, permits::release);
            throw e;
        }
    }

    private void giveBack(PooledSession session) {
        if (session.isClean()) {
            idle.addFirst(session);
            permits.release();
        } else {
            close(session, permits::release);
        }
    }

    private void close(PooledSession session, Runnable whenClosed) {
        session.close(() -> {
            open.remove(session);
            whenClosed.run();
        });
    }

    private static HsmException busy(String message) {
        return new HsmException(HsmFailure.SLOT_BUSY, message);
    }
}
