package dev.slotgate.hsm.binding;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long a token takes for a signature of each kind, and so how many may be made in one call. */
final class Pace {

    private static final int MOST_TOGETHER = 16;

    /** A slow token's calls are not held up by one another for longer. */
    private static final long LONGEST_TOGETHER_NANOS = Duration.ofMillis(20).toNanos();

    /** It is learned anew from one call each. */
    private static final int MOST_KINDS = 1_000;

    private final Map<SigningLane.Target, Long> nanosEach = new ConcurrentHashMap<>();

    /** At least one, and no more than one as long as nothing is known, or after a call that failed. */
    int mostTogether(SigningLane.Target target) {
        long each = nanosEach.getOrDefault(target, LONGEST_TOGETHER_NANOS);
        return Math.clamp(LONGEST_TOGETHER_NANOS / each, 1, MOST_TOGETHER);
    }

    /** @param made how many signatures came of a call that took so long; none when it failed */
    void took(SigningLane.Target target, long nanos, int made) {
        if (nanosEach.size() >= MOST_KINDS) {
            nanosEach.clear();
        }
        nanosEach.put(target, made == 0 ? LONGEST_TOGETHER_NANOS : nanos / made + 1);
    }
}
