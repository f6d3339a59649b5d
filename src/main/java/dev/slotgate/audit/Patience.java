package dev.slotgate.audit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How long callers wait for their records. Those that begin to wait within a moment share a timer: one of its own for each group
 * would wake the thread of the timers twice, some thousand times a second.
 */
final class Patience {

    private static final Duration MOMENT = Duration.ofMillis(100);

    private final Duration time;
    private final AtomicReference<@Nullable Timer> latest = new AtomicReference<>();

    Patience(Duration time) {
        this.time = time;
    }

    /** Has it completed with false when it is not done within the time, and a moment at most. */
    void limit(CompletableFuture<Boolean> durable) {
        var _ = timer().end.thenRun(() -> durable.complete(false));
    }

    private Timer timer() {
        Timer known = latest.get();
        long now = System.nanoTime();
        if (known != null && now - known.begin < MOMENT.toNanos()) {
            return known;
        }
        var fresh = new Timer(
                now,
                new CompletableFuture<@Nullable Void>()
                        .completeOnTimeout(null, time.plus(MOMENT).toNanos(), TimeUnit.NANOSECONDS));
        latest.set(fresh);
        return fresh;
    }

    private record Timer(long begin, CompletableFuture<@Nullable Void> end) {}
}
