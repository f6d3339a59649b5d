package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.TimeLimits;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread for native calls, one after the other. The caller may be a virtual thread: it waits here and not in
 * the native call, which would pin its carrier. A {@link CallThread} does its work itself, in turn with this thread.
 */
final class NativeThread {

    private final ExecutorService executor;
    private final LongAdder givenUpCalls;
    /** Who works: what belongs to this thread is never touched by two at once. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile boolean hanging;
    private volatile @Nullable CallHere here;

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
        return CallThread.isCurrent() ? callHere(deadline, work) : handOver(deadline, work);
    }

    private <T> T callHere(Deadline deadline, Callable<T> work) {
        awaitTurn(deadline);
        var call = new CallHere(deadline);
        here = call;
        try {
            return work.call();
        } catch (Exception e) {
            throw ReturnCodes.translate(e);
        } finally {
            here = null;
            turn.unlock();
            call.isLate(givenUpCalls);
        }
    }

    private void awaitTurn(Deadline deadline) {
        try {
            if (!executor.isShutdown() && turn.tryLock(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw late();
    }

    private static HsmException late() {
        return new HsmException(HsmFailure.TOKEN_TIMEOUT, "The token did not answer within the slot's deadline.");
    }

    private <T> T handOver(Deadline deadline, Callable<T> work) {
        var task = new FutureTask<T>(work);
        submit(task);
        TimeLimits.set(task, Duration.ofNanos(deadline.nanosLeft()));
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw ReturnCodes.translate(e.getCause());
        } catch (CancellationException e) {
            giveUp(task);
            throw late();
        } catch (InterruptedException e) {
            giveUp(task);
            Thread.currentThread().interrupt();
            throw new HsmException(HsmFailure.TOKEN_TIMEOUT, "The wait for the token was interrupted.");
        }
    }

    private void submit(FutureTask<?> task) {
        try {
            executor.execute(() -> inTurn(task));
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

    private void inTurn(Runnable work) {
        turn.lock();
        try {
            work.run();
        } finally {
            turn.unlock();
        }
    }

    /** Whether a call that was given up has not come back. */
    boolean isHanging() {
        CallHere call = here;
        return hanging || (call != null && call.isLate(givenUpCalls));
    }

    /** Lets the work be done and then the thread end, unless it was told to before; does not wait for either. */
    void finish(Runnable lastWork) {
        if (executor.isShutdown()) {
            return;
        }
        executor.execute(() -> inTurn(lastWork));
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

    /** A call on the thread of its caller, who cannot be told that it is late; it is counted as given up once. */
    private static final class CallHere {

        private final Deadline deadline;
        private final AtomicBoolean counted = new AtomicBoolean();

        CallHere(Deadline deadline) {
            this.deadline = deadline;
        }

        boolean isLate(LongAdder givenUpCalls) {
            boolean late = deadline.nanosLeft() == 0;
            if (late && counted.compareAndSet(false, true)) {
                givenUpCalls.increment();
            }
            return late;
        }
    }
}
