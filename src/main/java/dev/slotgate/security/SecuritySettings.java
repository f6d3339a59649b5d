package dev.slotgate.security;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Whose access tokens are accepted, and which of them.
 *
 * @param issuer the OAuth issuer, as it stands in the claim {@code iss}; its metadata says where its keys are
 * @param jwksUri where its keys are, when it is not to be asked
 * @param jwksRefresh how often its keys are fetched while tokens come; for a key that is not known they are fetched at once, if the
 *     last time is 30 s ago, or as long as this
 * @param audience what the claim {@code aud} must hold
 * @param tokenAlgorithms what tokens may be signed with
 * @param maxTokenLifetime at most, from the claim {@code iat} to {@code exp}, and from now to {@code exp}
 * @param clockSkew what the issuer's clock may be off by; up to 5 minutes
 * @param maxTokenSize of a whole token, at most
 * @param publicJwks whether anybody may fetch the JWK sets of the slots
 */
@ConfigurationProperties("slotgate.security")
public record SecuritySettings(
        @Nullable String issuer,
        @Nullable URI jwksUri,
        @DefaultValue("5m") Duration jwksRefresh,
        @DefaultValue("slotgate") String audience,

        @DefaultValue({"RS256", "PS256", "ES256", "ES384", "EdDSA"})
        Set<TokenAlgorithm> tokenAlgorithms,

        @DefaultValue("1h") Duration maxTokenLifetime,
        @DefaultValue("60s") Duration clockSkew,
        @DefaultValue("8KB") DataSize maxTokenSize,
        boolean publicJwks) {

    private static final Duration LONGEST_SKEW = Duration.ofMinutes(5);

    public SecuritySettings {
        require(!audience.isBlank(), "audience is empty: it says what the claim aud of access tokens must hold.");
        require(!tokenAlgorithms.isEmpty(), "token-algorithms is empty: no token could be accepted.");
        require(maxTokenLifetime.isPositive(), "max-token-lifetime must be more than nothing.");
        require(!clockSkew.isNegative() && clockSkew.compareTo(LONGEST_SKEW) <= 0, "clock-skew must be from 0s to 5m.");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new SecurityMisconfigured("slotgate.security." + otherwise);
        }
    }
}
