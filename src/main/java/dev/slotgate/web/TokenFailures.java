package dev.slotgate.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slotgate.security.KnownTokens;
import dev.slotgate.security.SentToken;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How many access tokens that are no good are judged: a thousand a minute from one address, or from one network of 64 bits of
 * IPv6, which is what one caller has. Tokens that were verified and are remembered are not held up, whatever else comes from there.
 */
@Component
class TokenFailures {

    static final int A_MINUTE = 1_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final KnownTokens known;
    private final TimeMeter clock;
    private final Cache<String, Bucket> left =
            Caffeine.newBuilder().maximumSize(MOST).build();

    @Autowired
    TokenFailures(KnownTokens known) {
        this(known, TimeMeter.SYSTEM_NANOTIME);
    }

    TokenFailures(KnownTokens known, TimeMeter clock) {
        this.known = known;
        this.clock = clock;
    }

    /**
     * @param header what the request has as {@code Authorization}
     * @throws RateLimited when too many that came from there were no good, and this one is not known to be
     */
    void check(String source, @Nullable String header) {
        Bucket bucket = left.getIfPresent(network(source));
        if (bucket == null || bucket.getAvailableTokens() >= 1) {
            return;
        }
        String token = SentToken.in(header);
        if (token != null && !known.hold(token)) {
            throw new RateLimited(
                    "Too many access tokens that came from this address were not valid.",
                    Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill()));
        }
    }

    void failed(String source) {
        left.get(network(source), _ -> bucket()).tryConsume(1);
    }

    private Bucket bucket() {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(limit -> limit.capacity(A_MINUTE).refillIntervally(A_MINUTE, MINUTE))
                .build();
    }

    private static String network(String source) {
        if (source.indexOf(':') < 0) {
            return source;
        }
        // Without the zone that a link-local address has.
        byte[] address = InetAddress.ofLiteral(source.split("%", 2)[0]).getAddress();
        return HexFormat.of().formatHex(Arrays.copyOf(address, Math.min(address.length, NETWORK_BYTES)));
    }
}
