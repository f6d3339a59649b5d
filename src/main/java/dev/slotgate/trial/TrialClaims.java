package dev.slotgate.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * What the gateway wants to see in an access token: the audience, the scopes in one string (RFC 9068), and the slots, which
 * a token request may narrow with the parameter {@code slots}.
 */
record TrialClaims(String audience) implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private static final String EVERY_SLOT = "*";

    @Override
    public void customize(JwtEncodingContext context) {
        context.getClaims()
                .audience(List.of(audience))
                .claim("client_id", context.getRegisteredClient().getClientId())
                .claim("scope", String.join(" ", scopes(context)))
                .claim("slots", slots(context));
    }

    /** A request without scopes means all that the client may have (RFC 6749 section 3.3). */
    private static Set<String> scopes(JwtEncodingContext context) {
        Set<String> authorised = context.getAuthorizedScopes();
        return new TreeSet<>(
                authorised.isEmpty() ? context.getRegisteredClient().getScopes() : authorised);
    }

    private static Object slots(JwtEncodingContext context) {
        OAuth2ClientCredentialsAuthenticationToken request = Objects.requireNonNull(context.getAuthorizationGrant());
        Object wanted = request.getAdditionalParameters().getOrDefault("slots", EVERY_SLOT);
        if (EVERY_SLOT.equals(wanted)) {
            return EVERY_SLOT;
        }
        if (wanted instanceof String list && list.matches("[0-9]{1,9}(,[0-9]{1,9})*")) {
            return Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
        }
        throw new OAuth2AuthenticationException(new OAuth2Error(
                OAuth2ErrorCodes.INVALID_REQUEST, "slots: expected slot numbers with commas between them, or *", null));
    }
}
