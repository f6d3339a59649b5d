package dev.slotgate.hsm;

import java.time.Duration;

/**
 * How often something was done since the start, and how long it took all together.
 *
 * @param count how often
 * @param total how long
 */
public record Timing(long count, Duration total) {

    public static final Timing NONE = new Timing(0, Duration.ZERO);

    public Timing plus(Timing other) {
        return new Timing(count + other.count, total.plus(other.total));
    }
}
