package dev.slotgate.security;

import com.nimbusds.jose.jwk.JWK;
import java.time.Instant;
import java.util.LinkedHashMap;

/** A proof that the sender of a token has the key that it is bound to (RFC 9449 section 4.2), and that is to be signed. */
final class ProofDraft {

    private ProofDraft() {}

    static TokenDraft of(String algorithm, JWK key, String url, String token, String id, Instant now) {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", algorithm);
        header.put("typ", "dpop+jwt");
        header.put("jwk", key.toJSONObject());
        var claims = new LinkedHashMap<String, Object>();
        claims.put("htm", "GET");
        claims.put("htu", url);
        claims.put("iat", now.getEpochSecond());
        claims.put("jti", id);
        claims.put("ath", Sha256.base64url(token));
        return new TokenDraft(algorithm, header, claims);
    }
}
