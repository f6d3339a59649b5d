package dev.slotgate.security;

import dev.slotgate.TestIssuer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** An access token that is to be signed: a good one, until a test changes it. */
record TokenDraft(String algorithm, Map<String, Object> header, Map<String, Object> claims) {

    static TokenDraft good(String algorithm, String issuer, Instant now) {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", algorithm);
        header.put("typ", "at+jwt");
        header.put("kid", TestIssuer.keyId(algorithm));
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        claims.put("aud", "slotgate");
        claims.put("sub", "somebody");
        claims.put("client_id", "billing");
        claims.put("scope", "slots.read");
        claims.put("slots", "*");
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 600);
        return new TokenDraft(algorithm, header, claims);
    }

    /** In seconds since 1970. */
    long issued() {
        return ((Number) Objects.requireNonNull(claims.get("iat"))).longValue();
    }

    TokenDraft header(String name, Object value) {
        return changed(draft -> draft.header.put(name, value));
    }

    TokenDraft claim(String name, Object value) {
        return changed(draft -> draft.claims.put(name, value));
    }

    TokenDraft without(String claim) {
        return changed(draft -> draft.claims.remove(claim));
    }

    String signedBy(TestIssuer issuer) {
        return issuer.sign(algorithm, header, claims);
    }

    private TokenDraft changed(Consumer<TokenDraft> change) {
        var draft = new TokenDraft(algorithm, new LinkedHashMap<>(header), new LinkedHashMap<>(claims));
        change.accept(draft);
        return draft;
    }
}
