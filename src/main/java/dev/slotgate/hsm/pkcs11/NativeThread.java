package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * A platform thread for native calls, one after the other. The caller may be a virtual thread: it waits here and not in
 * the native call, which would pin its carrier.
 */
final class NativeThread {

    private final ExecutorService executor;
    private final LongAdder givenUpCalls;
    private volatile boolean hanging;

    /** @param givenUpCalls counts the calls that did not answer by their deadline */
    NativeThread(String name, LongAdder givenUpCalls) {
        this.givenUpCalls = givenUpCalls;
        // A daemon: a call that never returns must not keep the process from ending.
        executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /**
     * Does the work on this thread.
     *
     * @throws HsmException TOKEN_TIMEOUT at the deadline (work that runs goes on, its result is lost), or what became of it
     */
    <T> T call(Deadline deadline, Callable<T> work) {
        var task = new FutureTask<T>(work);
        submit(task);
        try {
            return task.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw ReturnCodes.translate(e.getCause());
        } catch (TimeoutException e) {
            giveUp(task);
            throw new HsmException(HsmFailure.TOKEN_TIMEOUT, "The token did not answer within the slot's deadline.");
        } catch (InterruptedException e) {
            giveUp(task);
            Thread.currentThread().interrupt();
            throw new HsmException(HsmFailure.TOKEN_TIMEOUT, "The wait for the token was interrupted.");
        }
    }

    private void submit(FutureTask<?> task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The gateway is stopping.");
        }
    }

    /** Work that has not begun is never done; a native call that runs cannot be interrupted, and hangs until it ends. */
    private void giveUp(FutureTask<?> task) {
        task.cancel(false);
        givenUpCalls.increment();
        hanging = true;
        try {
            executor.execute(() -> hanging = false);
        } catch (RejectedExecutionException e) {
            // The thread is about to end, or to hang for ever.
        }
    }

    /** Whether a call that was given up has not come back. */
    boolean isHanging() {
        return hanging;
    }

    /** Lets the work be done and then the thread end, unless it was told to before; does not wait for either. */
    void finish(Runnable lastWork) {
        if (executor.isShutdown()) {
            return;
        }
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
