package dev.slotgate.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An access token as a request brings it, in the header {@code Authorization} (RFC 6750 section 2.1) and nowhere else. */
final class SentToken extends AbstractAuthenticationToken {

    private static final String SCHEME = "Bearer ";

    private final String token;

    private SentToken(String token) {
        super(List.of());
        this.token = token;
    }

    /** @return null when the request has none, or something of another scheme. @throws TokenRefused when it has several */
    static @Nullable SentToken of(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.size() > 1) {
            throw new TokenRefused("it is not the only one");
        }
        return headers.stream()
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> new SentToken(header.substring(SCHEME.length())))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String getCredentials() {
        return token;
    }

    @Override
    public @Nullable Object getPrincipal() {
        return null;
    }
}
