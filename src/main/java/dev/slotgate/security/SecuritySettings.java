package dev.slotgate.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose access tokens are accepted.
 *
 * @param issuer the OAuth issuer, as it stands in the claim {@code iss}; its metadata says where its keys are
 * @param audience what the claim {@code aud} must hold
 * @param publicJwks whether anybody may fetch the JWK sets of the slots
 */
@ConfigurationProperties("slotgate.security")
public record SecuritySettings(@Nullable String issuer, String audience, boolean publicJwks) {}
