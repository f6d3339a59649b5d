package dev.slotgate.hsm;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits how long others wait for a future. A timed wait of each would wake a thread to set its timer and once more to take it
 * back, for every call; here one thread looks at all of them now and then.
 */
public final class TimeLimits {

    /** How much later than its limit a wait may end. */
    private static final Duration TICK = Duration.ofMillis(10);

    private static final Queue<Limit> LIMITS = new ConcurrentLinkedQueue<>();
    private static final Thread CLOCK =
            Thread.ofPlatform().daemon().name("time-limits").start(TimeLimits::run);
    private static volatile boolean idle;

    private TimeLimits() {}

    /** Has the future cancelled when it is not done within the time; what works for it is not interrupted. */
    public static void set(Future<?> future, Duration time) {
        LIMITS.add(new Limit(future, System.nanoTime() + time.toNanos()));
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
                LockSupport.parkNanos(TICK.toNanos());
            }
        }
    }

    private record Limit(Future<?> future, long end) {

        boolean isOver() {
            if (!future.isDone() && System.nanoTime() - end < 0) {
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
