package dev.slotgate.recurrence;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Does what recurs, one after the other, from when the gateway has started until it is told to stop. */
@Component
final class RecurringWork implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RecurringWork.class);

    private final List<Recurring> all;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("recurring-work").factory());
    private volatile boolean running;

    RecurringWork(List<Recurring> all) {
        this.all = all;
    }

    @Override
    public void start() {
        running = true;
        all.stream().map(Recurring::recurrence).forEach(this::schedule);
    }

    private void schedule(Recurrence recurrence) {
        long pause = recurrence.pause().toMillis();
        var _ = clock.scheduleWithFixedDelay(() -> once(recurrence.work()), pause, pause, TimeUnit.MILLISECONDS);
    }

    private static void once(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Work that recurs has failed, and is tried again when it is due.", e);
        }
    }

    /** What is under way is finished: it may be in the middle of a change. */
    @Override
    public void stop() {
        running = false;
        clock.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
