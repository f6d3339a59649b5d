package dev.slotgate.hsm.pkcs11;

import java.time.Duration;

/** A session that stays lent, and when it was used last. */
final class HeldSession {

    private final PooledSession session;
    private volatile boolean working;
    private volatile long idleSince = System.nanoTime();

    HeldSession(PooledSession session) {
        this.session = session;
    }

    <T> T work(Deadline deadline, SessionWork<T> work) {
        working = true;
        try {
            return session.work(deadline, work);
        } finally {
            idleSince = System.nanoTime();
            working = false;
        }
    }

    PooledSession pooled() {
        return session;
    }

    /** How long it may yet be without use. */
    long nanosLeft(Duration patience) {
        return patience.toNanos() - (working ? 0 : System.nanoTime() - idleSince);
    }
}
