package dev.slotgate.hsm.pkcs11;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers how long the slowest of many calls took. */
final class Slowest {

    private final AtomicLong nanos = new AtomicLong();

    void time(Runnable call) {
        long start = System.nanoTime();
        try {
            call.run();
        } finally {
            nanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        }
    }

    Duration duration() {
        return Duration.ofNanos(nanos.get());
    }
}
