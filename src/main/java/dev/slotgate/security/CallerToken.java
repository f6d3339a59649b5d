package dev.slotgate.security;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What a request with a verified access token is authenticated as; the principal is the {@link Caller}. Requests share it. */
final class CallerToken extends AbstractAuthenticationToken {

    private final transient Caller caller;

    private CallerToken(Caller caller) {
        super(caller.scopes().stream().map(SimpleGrantedAuthority::new).toList());
        this.caller = caller;
        setAuthenticated(true);
    }

    /** @throws TokenRefused when a claim about the caller has the wrong type */
    static CallerToken of(Members claims) {
        return new CallerToken(new Caller(
                claims.text("sub"),
                client(claims),
                scopes(claims),
                SlotAccess.of(claims.get("slots")),
                claims.text("jti")));
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
    private static @Nullable String client(Members claims) {
        String client = claims.text("client_id");
        return client == null ? claims.text("azp") : client;
    }

    /** {@code scope} as a string (RFC 9068) or a list, or {@code scp} as a list. */
    private static Set<String> scopes(Members claims) {
        var scopes = new LinkedHashSet<String>();
        for (String words : claims.texts(claims.has("scope") ? "scope" : "scp")) {
            scopes.addAll(List.of(words.split("\\s+")));
        }
        scopes.removeIf(String::isBlank);
        return Collections.unmodifiableSet(scopes);
    }
}
