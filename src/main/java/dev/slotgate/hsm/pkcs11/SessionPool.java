package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_SESSION_COUNT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.ckrCodeToName;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.Timing;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.xipki.pkcs11.wrapper.Token;

/**
 * The sessions of a slot. One is lent for one piece of work, the last one given back first; sessions are opened when they
 * are needed, up to a limit, and a caller waits for one a bounded time. A permit stands for a session that is open or
 * being opened for a caller; it comes back when the session is idle or really closed, so that sessions that hang count.
 */
final class SessionPool {

    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);
    private static final Duration IDLE_CHECK = Duration.ofMillis(500);
    private static final String NO_MORE_SESSIONS = ckrCodeToName(CKR_SESSION_COUNT);

    private final String name;
    private final Supplier<Token> token;
    private final Limits limits;
    private final LongAdder givenUpCalls;
    private final Permits permits;
    private final Stopwatch waits = new Stopwatch();
    private final Stopwatch uses = new Stopwatch();
    private final ConcurrentLinkedDeque<PooledSession> idle = new ConcurrentLinkedDeque<>();
    private final Set<PooledSession> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param name what the threads are called by
     * @param token the token to open sessions on, asked each time
     * @param givenUpCalls counts the calls that did not answer in time
     */
    SessionPool(String name, Supplier<Token> token, Limits limits, LongAdder givenUpCalls) {
        this.name = name;
        this.token = token;
        this.limits = limits;
        this.givenUpCalls = givenUpCalls;
        this.permits = new Permits(limits.sessions());
    }

    /** How many sessions there may be from now on. */
    void resize(int max) {
        permits.resize(max);
    }

    /**
     * Lends a session to the work.
     *
     * @param fresh whether it must be a new one, since an old one may be dead
     * @throws HsmException SLOT_BUSY when none came free in time, or what became of the work
     */
    <T> T withSession(Deadline deadline, boolean fresh, SessionWork<T> work) {
        PooledSession session = take(deadline, fresh);
        long start = System.nanoTime();
        try {
            return session.work(deadline, work);
        } finally {
            uses.since(start);
            giveBack(session);
        }
    }

    /**
     * Lends a session to the first piece of work of several. It stays the caller's, who gives it back or discards it.
     *
     * @param fresh whether it must be a new one, since an old one may be dead
     * @throws HsmException SLOT_BUSY when none came free in time, or what became of the work
     */
    PooledSession keep(Deadline deadline, boolean fresh, SessionWork<?> first) {
        PooledSession session = take(deadline, fresh);
        try {
            session.work(deadline, first);
            return session;
        } catch (RuntimeException e) {
            giveBack(session);
            throw e;
        }
    }

    SessionCounts counts() {
        return new SessionCounts(permits.max(), open.size(), permits.inUse(), permits.waiting());
    }

    /** Of callers that did not find a session free. */
    Timing waits() {
        return waits.timing();
    }

    /** Of sessions that were lent to one piece of work. */
    Timing uses() {
        return uses.timing();
    }

    /** How many sessions have a call in them that was given up and has not come back. */
    int hanging() {
        return (int) open.stream().filter(PooledSession::isHanging).count();
    }

    /** Closes the sessions that are not lent. Those that hang stay until they come back. */
    void closeIdle() {
        for (PooledSession session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            close(session, () -> {});
        }
    }

    /** Waits until every session is really closed, after {@link #closeIdle}. False when one is not by the deadline. */
    boolean isDrained(Deadline deadline) {
        return open.stream().allMatch(session -> session.hasEndedWithin(Duration.ofNanos(deadline.nanosLeft())));
    }

    /** Closes every session and lends none any more. False when a call hangs in one of them. */
    boolean close() {
        closed = true;
        for (PooledSession session : open) {
            close(session, () -> {});
        }
        return open.stream().allMatch(session -> session.hasEndedWithin(PATIENCE_AT_CLOSE));
    }

    private PooledSession take(Deadline deadline, boolean fresh) {
        Deadline patience = deadline.orIn(limits.sessionWait());
        while (true) {
            takePermit(patience);
            PooledSession session = fresh ? null : idle.pollFirst();
            if (session != null && isUsable(session, deadline)) {
                return session;
            }
            if (session != null) {
                close(session, permits::giveBack);
                continue;
            }
            try {
                return openSession(deadline, fresh);
            } catch (HsmException e) {
                // Other programs hold sessions of the token too: go on with fewer, and wait for one of ours.
                if (!NO_MORE_SESSIONS.equals(e.returnCode()) || !(permits.shrink() || hasSession())) {
                    throw e;
                }
            }
        }
    }

    private boolean hasSession() {
        return open.stream().anyMatch(PooledSession::isOpen);
    }

    private void takePermit(Deadline patience) {
        if (permits.tryTake()) {
            return;
        }
        int max = permits.max();
        if (hanging() >= max) {
            throw new HsmException(
                    HsmFailure.TOKEN_UNAVAILABLE, "Calls of the token hang in all sessions of the slot.");
        }
        long start = System.nanoTime();
        boolean taken = permits.take(patience);
        waits.since(start);
        if (!taken) {
            throw new HsmException(HsmFailure.SLOT_BUSY, "All " + max + " sessions of the slot stayed in use.");
        }
    }

    private boolean isUsable(PooledSession session, Deadline deadline) {
        return !session.isIdleFor(limits.idleCheck()) || session.stillWorks(deadline.orIn(IDLE_CHECK));
    }

    /** A session that fails to open, or is late, counts until its thread has closed whatever came of it. */
    private PooledSession openSession(Deadline deadline, boolean inPlaceOfAnOldOne) {
        PooledSession old = inPlaceOfAnOldOne ? idle.pollLast() : null;
        if (old != null) {
            close(old, () -> {});
        }
        var session = new PooledSession(name, givenUpCalls);
        open.add(session);
        try {
            if (closed) {
                throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The gateway is stopping.");
            }
            session.open(token.get(), deadline);
            return session;
        } catch (RuntimeException e) {
            close(session, permits::giveBack);
            throw e;
        }
    }

    void giveBack(PooledSession session) {
        if (session.isClean()) {
            idle.addFirst(session);
            permits.giveBack();
        } else {
            discard(session);
        }
    }

    /** Closes a session that is lent. */
    void discard(PooledSession session) {
        close(session, permits::giveBack);
    }

    private void close(PooledSession session, Runnable whenClosed) {
        session.close(() -> {
            open.remove(session);
            whenClosed.run();
        });
    }
}
