package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** A session, which no two threads ever touch at once: it has one of its own, and a caller that may do the work itself takes turns with it. */
final class PooledSession {

    private static final Logger LOG = LoggerFactory.getLogger(PooledSession.class);

    private final NativeThread thread;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean clean = true;
    private volatile boolean opened;
    private volatile long idleSince = System.nanoTime();
    /** Belongs to whoever has the turn. */
    private @Nullable Session session;

    PooledSession(String name, LongAdder givenUpCalls) {
        this.thread = new NativeThread(name, givenUpCalls);
    }

    /** Opens the session. When it fails or is late, the caller closes what may come of it. */
    void open(Token token, Deadline deadline) {
        thread.call(deadline, () -> session = token.openSession(true));
        opened = true;
    }

    /** Whether there is a session, which nobody has asked to be closed. */
    boolean isOpen() {
        return opened && !closing.get();
    }

    <T> T work(Deadline deadline, SessionWork<T> work) {
        clean = false;
        try {
            return thread.call(deadline, () -> run(work));
        } finally {
            idleSince = System.nanoTime();
        }
    }

    /** Asks the token for the state of a session that was not used for some time. */
    boolean stillWorks(Deadline deadline) {
        try {
            work(deadline, Session::getSessionInfo);
            return true;
        } catch (HsmException e) {
            LOG.debug("An idle session is no good any more: {}", e.getMessage());
            return false;
        }
    }

    boolean isIdleFor(Duration time) {
        return System.nanoTime() - idleSince > time.toNanos();
    }

    /** Whether nothing of the last work is left in the session: it ended, and the token did not refuse any of it. */
    boolean isClean() {
        return clean;
    }

    /** Whether a call that was given up has not come back. */
    boolean isHanging() {
        return thread.isHanging();
    }

    /** Closes the session on its thread, whenever what runs there comes back, and then says so. Once is enough. */
    void close(Runnable whenClosed) {
        if (closing.compareAndSet(false, true)) {
            thread.finish(() -> {
                closeSession();
                whenClosed.run();
            });
        }
    }

    boolean hasEndedWithin(Duration patience) {
        return thread.hasEndedWithin(patience);
    }

    private <T> T run(SessionWork<T> work) throws TokenException {
        try {
            T result = work.with(opened());
            clean = true;
            return result;
        } catch (HsmException decidedHere) {
            clean = decidedHere.returnCode() == null;
            throw decidedHere;
        }
    }

    /** Work that comes when the session was closed must not reach the token: it may have given the handle to another one. */
    private Session opened() {
        if (session == null) {
            throw new HsmException(HsmFailure.SLOT_BUSY, "The session was closed meanwhile.");
        }
        return session;
    }

    private void closeSession() {
        if (session == null) {
            return;
        }
        try {
            session.closeSession();
        } catch (TokenException e) {
            LOG.debug("A session did not close: {}", e.getMessage());
        }
        session = null;
    }
}
