package dev.slotgate.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes the calls of each of many at a rate (a token bucket), and tells how many more it would take. */
final class RateLimit {

    /** Of draft-ietf-httpapi-ratelimit-headers, as is the other one. */
    static final String HEADER = "RateLimit";

    static final String POLICY_HEADER = "RateLimit-Policy";

    /** A bucket that goes is one that was not used for longest, and comes back full. */
    private static final int MOST_BUCKETS = 10_000;

    private final String name;
    private final RateSettings.Rate rate;
    private final TimeMeter clock;
    private final Cache<Object, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST_BUCKETS).build();

    /** @param name what the limit is called in headers and messages */
    RateLimit(String name, RateSettings.Rate rate, TimeMeter clock) {
        this.name = name;
        this.rate = rate;
        this.clock = clock;
    }

    /**
     * Takes a call.
     *
     * @param whose equal for calls that share a bucket
     * @param answer gets the headers that tell of the limit; null where an answer has no headers
     * @throws RateLimited when there were too many
     */
    void take(Object whose, @Nullable HttpServletResponse answer) {
        ConsumptionProbe probe = buckets.get(whose, _ -> bucket()).tryConsumeAndReturnRemaining(1);
        Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
        if (answer != null) {
            long full = seconds(Duration.ofNanos(probe.getNanosToWaitForReset()));
            long reset = probe.isConsumed() ? full : seconds(wait);
            answer.addHeader(POLICY_HEADER, "\"%s\";q=%d;w=%d".formatted(name, rate.most(), window()));
            answer.addHeader(HEADER, "\"%s\";r=%d;t=%d".formatted(name, probe.getRemainingTokens(), reset));
        }
        if (!probe.isConsumed()) {
            throw new RateLimited("There were too many calls of this " + name + ".", wait);
        }
    }

    private Bucket bucket() {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(limit ->
                        limit.capacity(rate.most()).refillGreedy(rate.requestsPerSecond(), Duration.ofSeconds(1)))
                .build();
    }

    /** In how many seconds an empty bucket is full. */
    private long window() {
        return Math.ceilDiv(rate.most(), rate.requestsPerSecond());
    }

    /** Whole ones, none of them cut off. */
    static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
