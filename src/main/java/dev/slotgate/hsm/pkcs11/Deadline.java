package dev.slotgate.hsm.pkcs11;

import java.time.Duration;

/** The moment by which a caller has its answer, whatever it has to wait for on the way. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left, in nanoseconds; nothing when it has passed. */
    long nanosLeft() {
        return Math.max(0, nanoTime - System.nanoTime());
    }

    /** The earlier one of this and a time from now. */
    Deadline orIn(Duration time) {
        Deadline other = in(time);
        return other.nanoTime - nanoTime < 0 ? other : this;
    }
}
