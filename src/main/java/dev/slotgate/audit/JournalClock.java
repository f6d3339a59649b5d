package dev.slotgate.audit;

import java.time.Duration;

/** Does what is to be done from time to time: checkpoints, and the sums of refusals. A token that hangs holds up nothing else. */
final class JournalClock implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(250);

    private final Thread signing;
    private final Thread summing;

    JournalClock(Checkpoints checkpoints, Refusals refusals) {
        signing = ticking("journal-checkpoints", checkpoints::look);
        summing = ticking("journal-refusals", refusals::sumUp);
    }

    private static Thread ticking(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.sleep(TICK);
                    work.run();
                }
            } catch (InterruptedException e) {
                // The end.
            }
        });
    }

    void start() {
        signing.start();
        summing.start();
    }

    @Override
    public void close() {
        signing.interrupt();
        summing.interrupt();
    }
}
