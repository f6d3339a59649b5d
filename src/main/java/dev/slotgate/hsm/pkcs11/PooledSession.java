package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** A session and the one thread that ever touches it. */
final class PooledSession {

    private static final Logger LOG = LoggerFactory.getLogger(PooledSession.class);

    private final NativeThread thread;
    private final Session session;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean clean = true;

    private PooledSession(NativeThread thread, Session session) {
        this.thread = thread;
        this.session = session;
    }

    /** Opens a session on a thread of its own. */
    static PooledSession open(Token token, String threadName, Duration deadline) {
        var thread = new NativeThread(threadName);
        try {
            return new PooledSession(thread, thread.call(deadline, () -> token.openSession(true)));
        } catch (HsmException e) {
            thread.close();
            throw e;
        }
    }

    <T> T work(Duration deadline, SessionWork<T> work) {
        return thread.call(deadline, () -> run(work));
    }

    /** Whether nothing of the last work is left in the session: it ended, and the token did not refuse any of it. */
    boolean isClean() {
        return clean;
    }

    /** Closes the session on its thread, whenever what runs there comes back, and then says so. Once is enough. */
    void close(Runnable whenClosed) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        thread.finish(() -> {
            try {
                session.closeSession();
            } catch (TokenException e) {
                LOG.debug("A session did not close: {}", e.getMessage());
            } finally {
                whenClosed.run();
            }
        });
    }

    boolean hasEndedWithin(Duration patience) {
        return thread.hasEndedWithin(patience);
    }

    private <T> T run(SessionWork<T> work) throws TokenException {
        clean = false;
        try {
            T result = work.with(session);
            clean = true;
            return result;
        } catch (HsmException decidedHere) {
            clean = true;
            throw decidedHere;
        }
    }
}
