package dev.slotgate.recurrence;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Does what recurs, one after the other, from when the gateway has started until it is told to stop. */
@Component
final class RecurringWork implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RecurringWork.class);

    /** As long as the rest of the gateway has to stop. */
    private static final long PATIENCE_SECONDS = 20;

    private final List<Recurring> all;
    private volatile @Nullable ScheduledExecutorService clock;

    RecurringWork(List<Recurring> all) {
        this.all = all;
    }

    @Override
    public void start() {
        var started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("recurring-work").factory());
        clock = started;
        all.stream().map(Recurring::recurrence).forEach(recurrence -> schedule(started, recurrence));
    }

    private static void schedule(ScheduledExecutorService clock, Recurrence recurrence) {
        long pause = recurrence.pause().toMillis();
        var _ = clock.scheduleWithFixedDelay(() -> once(recurrence.work()), pause, pause, TimeUnit.MILLISECONDS);
    }

    private static void once(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Work that recurs has failed, and is tried again when it is due.", e);
        }
    }

    /** Waits for what is under way: it may be in the middle of a change. */
    @Override
    public void stop() {
        ScheduledExecutorService stopped = clock;
        clock = null;
        if (stopped == null) {
            return;
        }
        stopped.shutdown();
        try {
            if (!stopped.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Work that recurs does not end, and is left behind.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }
}
