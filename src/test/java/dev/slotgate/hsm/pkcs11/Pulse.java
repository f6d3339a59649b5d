package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A caller that signs on a slot without a pause, and notes when it could not. */
final class Pulse {

    private final Thread thread;
    private final AtomicLong beats = new AtomicLong();
    private final List<HsmException> failures = new ArrayList<>();
    private volatile boolean stopped;
    private volatile long longestPause;

    /** Starts it. */
    Pulse(Runnable operation) {
        thread = Thread.ofPlatform().daemon().start(() -> beat(operation));
    }

    /** How often it worked. */
    long beats() {
        return beats.get();
    }

    /** What failed; to be read when it has stopped. */
    List<HsmException> failures() {
        return failures;
    }

    /** The longest time from one success to the next. */
    Duration longestPause() {
        return Duration.ofNanos(longestPause);
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    private void beat(Runnable operation) {
        long last = System.nanoTime();
        while (!stopped) {
            try {
                operation.run();
                beats.incrementAndGet();
                long now = System.nanoTime();
                longestPause = Math.max(longestPause, now - last);
                last = now;
            } catch (HsmException e) {
                failures.add(e);
            }
        }
    }
}
