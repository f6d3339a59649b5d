package dev.slotgate.hsm;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Limits how long others wait for a future. A timed wait of each would wake a thread to set its timer and once more to take it
 * back, for every call; here one thread looks at all of them now and then.
 */
public final class TimeLimits {

    /** How much later than its limit a wait may end, and twice that after a pause. */
    private static final Duration TICK = Duration.ofMillis(10);

    /** Then all threads stood still, and not what they wait for. */
    private static final Duration PAUSE = TICK.multipliedBy(5);

    private static final Queue<Limit> LIMITS = new ConcurrentLinkedQueue<>();
    private static final Thread CLOCK =
            Thread.ofPlatform().daemon().name("time-limits").start(TimeLimits::run);
    private static volatile boolean idle;

    private TimeLimits() {}

    /** Has the future cancelled when it is not done within the time; what works for it is not interrupted. */
    public static void set(Future<?> future, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        set(future, () -> end);
    }

    /** As {@link #set(Future, Duration)}, by an end that may move: a {@link System#nanoTime}, asked for now and then. */
    public static void set(Future<?> future, LongSupplier end) {
        LIMITS.add(new Limit(future, end));
        if (idle) {
            LockSupport.unpark(CLOCK);
        }
    }

    private static void run() {
        while (true) {
            LIMITS.removeIf(Limit::isOver);
            idle = LIMITS.isEmpty();
            // Whoever adds one sees that this thread is idle, or this thread sees what was added.
            if (idle && LIMITS.isEmpty()) {
                LockSupport.park();
            } else {
                rest();
            }
        }
    }

    /** After a pause of the process, what was about to end by itself gets the time to do so. */
    private static void rest() {
        long start = System.nanoTime();
        LockSupport.parkNanos(TICK.toNanos());
        if (System.nanoTime() - start > PAUSE.toNanos()) {
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    private record Limit(Future<?> future, LongSupplier end) {

        boolean isOver() {
            if (!future.isDone() && System.nanoTime() - end.getAsLong() < 0) {
                return false;
            }
            try {
                // Does nothing to one that is done.
                future.cancel(false);
                return true;
            } catch (RuntimeException | Error e) {
                // Memory that was short, for example. It is tried again, and the thread must go on: nobody else ends
                // waits.
                return false;
            }
        }
    }
}
