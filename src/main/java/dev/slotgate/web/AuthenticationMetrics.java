package dev.slotgate.web;

import dev.slotgate.security.IssuerUnavailable;
import dev.slotgate.security.TokenRefused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;

/** Counts calls that were refused since nobody knows who called. */
@Component
class AuthenticationMetrics {

    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

    AuthenticationMetrics(MeterRegistry registry) {
        for (Reason reason : Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder("slotgate.authentication.failures")
                            .tag("reason", reason.word())
                            .description("Calls whose access token was missing, refused, or could not be judged")
                            .register(registry));
        }
    }

    void count(AuthenticationException failed) {
        Reason reason = switch (failed) {
            case IssuerUnavailable _ -> Reason.ISSUER_UNAVAILABLE;
            case TokenRefused refused when refused.isOfProof() -> Reason.INVALID_PROOF;
            case TokenRefused _ -> Reason.INVALID_TOKEN;
            default -> Reason.NO_TOKEN;
        };
        Objects.requireNonNull(counters.get(reason)).increment();
    }

    private enum Reason {
        NO_TOKEN,
        INVALID_TOKEN,
        /** The token may be good; who sent it did not show that it has the token's key. */
        INVALID_PROOF,
        ISSUER_UNAVAILABLE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
