package dev.slotgate.security;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** A verified access token; its principal is the {@link Caller}. */
final class CallerToken extends AbstractAuthenticationToken {

    private final transient Caller caller;

    private CallerToken(Caller caller) {
        super(caller.scopes().stream().map(SimpleGrantedAuthority::new).toList());
        this.caller = caller;
        setAuthenticated(true);
    }

    static CallerToken of(Jwt jwt) {
        return new CallerToken(
                new Caller(jwt.getSubject(), client(jwt), scopes(jwt), SlotAccess.ofClaim(jwt.getClaim("slots"))));
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    /** RFC 9068 calls it {@code client_id}, older issuers {@code azp}. */
    private static @Nullable String client(Jwt jwt) {
        String client = jwt.getClaimAsString("client_id");
        return client == null ? jwt.getClaimAsString("azp") : client;
    }

    /** {@code scope} as a string (RFC 9068) or a list, or {@code scp} as a list. */
    private static Set<String> scopes(Jwt jwt) {
        Object claim = jwt.hasClaim("scope") ? jwt.getClaim("scope") : jwt.getClaim("scp");
        List<String> words = switch (claim) {
            case String text -> List.of(text.split("\\s+"));
            case Collection<?> list -> list.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
        var scopes = new LinkedHashSet<>(words);
        scopes.removeIf(String::isBlank);
        return scopes;
    }
}
