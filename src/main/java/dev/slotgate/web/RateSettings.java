package dev.slotgate.web;

import dev.slotgate.hsm.StartRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many calls are taken; as many as come where nothing is said.
 *
 * @param perClient of each client
 * @param perSlot to each slot, whoever makes them
 */
@ConfigurationProperties(RateSettings.PREFIX)
record RateSettings(@Nullable Rate perClient, @Nullable Rate perSlot) {

    static final String PREFIX = "slotgate.limits";

    private static final int MOST = 1_000_000;

    RateSettings {
        check(PREFIX + ".per-client", perClient);
        check(PREFIX + ".per-slot", perSlot);
    }

    private static void check(String key, @Nullable Rate rate) {
        if (rate != null) {
            check(key + ".requests-per-second", rate.requestsPerSecond);
            check(key + ".burst", rate.most());
        }
    }

    private static void check(String key, int value) {
        if (value < 1 || value > MOST) {
            throw new StartRefused(key + " is " + value + ", and must be from 1 to " + MOST + ".");
        }
    }

    /**
     * A steady rate.
     *
     * @param requestsPerSecond in the long run, from 1 to 1,000,000
     * @param burst at once, after a pause; as many as in a second when left out
     */
    record Rate(int requestsPerSecond, @Nullable Integer burst) {

        int most() {
            return burst == null ? requestsPerSecond : burst;
        }
    }
}
