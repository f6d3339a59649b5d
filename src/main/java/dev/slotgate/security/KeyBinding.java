package dev.slotgate.security;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The keys that a token is bound to by its claim {@code cnf} (RFC 7800): whoever uses it must have all of them. Each is named
 * by a SHA-256 in base64url.
 *
 * @param proofKey the thumbprint of the key that signs a proof for each call (RFC 9449), or null
 * @param certificate that of the client's TLS certificate (RFC 8705), or null
 */
record KeyBinding(@Nullable String proofKey, @Nullable String certificate) {

    private static final KeyBinding NONE = new KeyBinding(null, null);
    private static final Set<String> KNOWN = Set.of("jkt", "x5t#S256");
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** @throws TokenRefused when it binds the token in a way that is not known here, or in none */
    static KeyBinding of(@Nullable JsonNode claim) {
        if (claim == null) {
            return NONE;
        }
        if (!claim.isObject() || claim.isEmpty() || !KNOWN.containsAll(claim.propertyNames())) {
            throw new TokenRefused("cnf binds it in a way that is not known");
        }
        return new KeyBinding(thumbprint(claim.get("jkt")), thumbprint(claim.get("x5t#S256")));
    }

    private static @Nullable String thumbprint(@Nullable JsonNode value) {
        if (value == null
                || (value.isString() && THUMBPRINT.matcher(value.asString()).matches())) {
            return value == null ? null : value.asString();
        }
        throw new TokenRefused("cnf holds something that is not a thumbprint");
    }
}
