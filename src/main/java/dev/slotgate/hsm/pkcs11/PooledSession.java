package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** A session and the one thread that ever touches it. */
final class PooledSession {

    private static final Logger LOG = LoggerFactory.getLogger(PooledSession.class);

    private final NativeThread thread;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean clean = true;
    /** Belongs to the thread. */
    private @Nullable Session session;

    PooledSession(String name) {
        this.thread = new NativeThread(name);
    }

    /** Opens the session. When it fails or is late, the caller closes what may come of it. */
    void open(Token token, Duration deadline) {
        thread.call(deadline, () -> session = token.openSession(true));
    }

    <T> T work(Duration deadline, SessionWork<T> work) {
        clean = false;
        return thread.call(deadline, () -> run(work));
    }

    /** Whether nothing of the last work is left in the session: it ended, and the token did not refuse any of it. */
    boolean isClean() {
        return clean;
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
            clean = true;
            throw decidedHere;
        }
    }

    private Session opened() {
        if (session == null) {
            throw new IllegalStateException("a session is opened before it is lent");
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
    }
}
