package dev.slotgate.security;

import dev.slotgate.TestIssuer;
import dev.slotgate.bench.MicroBenchmark;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Access tokens that were verified before, and one that was not. */
public class AccessTokensBenchmark extends MicroBenchmark {

    private final TestIssuer issuer = new TestIssuer();
    private final String token =
            TokenDraft.good("RS256", issuer.url(), Instant.now()).signedBy(issuer);
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final AccessTokens known = tokens();

    public AccessTokensBenchmark() {
        request.addHeader("Authorization", "Bearer " + token);
    }

    @Benchmark
    public Object verifiedBefore() {
        return known.caller(Objects.requireNonNull(SentToken.of(request)));
    }

    /** With a cache of its own, and the issuer's keys to be read; for comparison. */
    @Benchmark
    public Object verifiedNow() {
        return tokens().caller(Objects.requireNonNull(SentToken.of(request)));
    }

    private AccessTokens tokens() {
        InstantSource clock = InstantSource.system();
        SecuritySettings settings = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("slotgate.security", SecuritySettings.class);
        return new AccessTokens(
                settings,
                new IssuerKeys(issuer::keys, Duration.ofMinutes(5), clock),
                new AccessTokenRules(issuer.url(), settings, clock),
                clock);
    }
}
