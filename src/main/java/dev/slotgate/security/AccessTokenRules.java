package dev.slotgate.security;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a signed token must say of itself to be an access token for this gateway (RFC 9068, and the times more strictly). */
final class AccessTokenRules {

    /** Access tokens by RFC 9068, and what issuers wrote before it. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final String issuer;
    private final String audience;
    private final long maxLifetime;
    private final long skew;
    private final InstantSource clock;

    AccessTokenRules(String issuer, SecuritySettings settings, InstantSource clock) {
        this.issuer = issuer;
        this.audience = settings.audience();
        this.maxLifetime = settings.maxTokenLifetime().toSeconds();
        this.skew = settings.clockSkew().toSeconds();
        this.clock = clock;
    }

    static void requireType(@Nullable String type) {
        if (type != null && !TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw new TokenRefused("its typ is that of something else");
        }
    }

    /**
     * Judges the claims.
     *
     * @param key what they were signed with
     * @throws TokenRefused when one is missing, of the wrong type, or not for us
     */
    AccessToken judge(Members claims, IssuerKey key) {
        if (!issuer.equals(claims.text("iss"))) {
            throw new TokenRefused("iss is not the issuer");
        }
        if (!claims.texts("aud").contains(audience)) {
            throw new TokenRefused("aud does not hold the audience");
        }
        long expires = expiry(claims);
        Long notBefore = claims.time("nbf");
        return new AccessToken(
                CallerToken.of(claims),
                notBefore == null ? 0 : notBefore - skew,
                expires + skew,
                key,
                KeyBinding.of(claims.get("cnf")));
    }

    /** The lifetime is judged from when it was issued and from now: a token without {@code iat} lives no longer either. */
    private long expiry(Members claims) {
        long now = clock.instant().getEpochSecond();
        Long expires = claims.time("exp");
        if (expires == null) {
            throw new TokenRefused("exp is missing");
        }
        Long issued = claims.time("iat");
        if (issued != null && issued > now + skew) {
            throw new TokenRefused("iat is still to come");
        }
        if (expires - now > maxLifetime + skew || (issued != null && expires - issued > maxLifetime)) {
            throw new TokenRefused("it lives too long");
        }
        return expires;
    }
}
