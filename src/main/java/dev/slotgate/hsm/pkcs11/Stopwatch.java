package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Timing;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Adds up how long something takes, at the cost of two looks at the clock. */
final class Stopwatch {

    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** @param start as {@link System#nanoTime} told it */
    void since(long start) {
        nanos.add(System.nanoTime() - start);
        count.increment();
    }

    Timing timing() {
        return new Timing(count.sum(), Duration.ofNanos(nanos.sum()));
    }
}
