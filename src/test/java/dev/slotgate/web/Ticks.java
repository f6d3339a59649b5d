package dev.slotgate.web;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A clock that goes on only when the test says so. */
final class Ticks implements TimeMeter {

    private long nanos;

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
