package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A platform thread that makes native calls itself and may hang in one: whoever waits for it is in another process, keeps the
 * deadline there, and ends this process when too many hang. It saves handing each call to the thread of a session and back,
 * which costs as much as a third of a signature.
 */
public final class CallThread extends Thread {

    public CallThread(Runnable work) {
        super(work, "pkcs11-call");
        setDaemon(true);
    }

    /** Has another thread do work that must not hang in this one, since others wait for it here: it keeps its deadlines itself. */
    static <T> T away(Supplier<T> work) {
        if (!isCurrent()) {
            return work.get();
        }
        var task = new FutureTask<>(work::get);
        Thread.ofVirtual().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw ReturnCodes.translate(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HsmException(HsmFailure.TOKEN_TIMEOUT, "The wait for the token was interrupted.");
        }
    }

    static boolean isCurrent() {
        return Thread.currentThread() instanceof CallThread;
    }
}
