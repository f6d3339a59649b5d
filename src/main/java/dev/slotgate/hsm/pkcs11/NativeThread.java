package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A platform thread for native calls, one after the other. The caller may be a virtual thread: it waits here and not in
 * the native call, which would pin its carrier.
 */
final class NativeThread {

    private final ExecutorService executor;

    NativeThread(String name) {
        // A daemon: a call that never returns must not keep the process from ending.
        executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /**
     * Does the work on this thread.
     *
     * @throws HsmException TOKEN_TIMEOUT at the deadline (work that runs goes on, its result is lost), or what became of it
     */
    <T> T call(Duration deadline, Callable<T> work) {
        Future<T> result = submit(work);
        try {
            return result.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw ReturnCodes.translate(e.getCause());
        } catch (TimeoutException e) {
            // Work that has not begun is never done; a native call that runs cannot be interrupted.
            result.cancel(false);
            throw new HsmException(
                    HsmFailure.TOKEN_TIMEOUT, "The token did not answer within " + deadline.toMillis() + " ms.");
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new HsmException(HsmFailure.TOKEN_TIMEOUT, "The wait for the token was interrupted.");
        }
    }

    private <T> Future<T> submit(Callable<T> work) {
        try {
            return executor.submit(work);
        } catch (RejectedExecutionException e) {
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The gateway is stopping.");
        }
    }

    /** Lets the work be done and then the thread end; does not wait for either. */
    void finish(Runnable lastWork) {
        executor.execute(lastWork);
        executor.shutdown();
    }

    /** Waits for a thread that was told to finish. False when a call hangs in it. */
    boolean hasEndedWithin(Duration patience) {
        try {
            return executor.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
