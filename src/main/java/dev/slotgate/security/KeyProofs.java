package dev.slotgate.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds bound tokens to their keys: a proof for each call (DPoP, RFC 9449), the certificate of the connection (RFC 8705). */
final class KeyProofs {

    /** How far the time of a proof may be from now, in seconds. */
    static final long WINDOW = 60;

    private final SecuritySettings settings;
    private final InstantSource clock;
    private final UsedProofs used = new UsedProofs();

    KeyProofs(SecuritySettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws TokenRefused when whoever sent the token does not show all the keys that it is bound to */
    void require(KeyBinding binding, SentToken sent) {
        String proofKey = binding.proofKey();
        if (sent.isWithProof() != (proofKey != null)) {
            throw new TokenRefused("it is not of the scheme that it was sent with");
        }
        if (binding.certificate() != null && !binding.certificate().equals(sent.certificate())) {
            throw new TokenRefused("it is bound to another certificate than that of the connection");
        }
        if (proofKey != null) {
            try {
                requireProof(proofKey, sent);
            } catch (TokenRefused refused) {
                throw TokenRefused.proof(String.valueOf(refused.getMessage()));
            }
        }
    }

    private void requireProof(String proofKey, SentToken sent) {
        String proof = sent.proof();
        if (proof == null || proof.length() > settings.maxTokenSize().toBytes()) {
            throw new TokenRefused("there is not one proof of bearable length");
        }
        CompactJws jws = CompactJws.parse(proof);
        if (!"dpop+jwt".equalsIgnoreCase(jws.type())) {
            throw new TokenRefused("the typ of the proof is that of something else");
        }
        TokenAlgorithm algorithm = jws.algorithm(settings.tokenAlgorithms());
        JWK key = key(jws.header().get("jwk"));
        if (!algorithm.keys(null).matches(key) || !proofKey.equals(thumbprint(key))) {
            throw new TokenRefused("the key of the proof is not the one that the token is bound to");
        }
        if (!JwsSignatures.verify(jws, algorithm, key)) {
            throw new TokenRefused("the key of the proof did not sign it");
        }
        requireForThisCall(Members.of(jws.payload()), proofKey, sent);
    }

    private void requireForThisCall(Members claims, String proofKey, SentToken sent) {
        Long issued = claims.time("iat");
        if (issued == null || Math.abs(clock.instant().getEpochSecond() - issued) > WINDOW) {
            throw new TokenRefused("the iat of the proof is too far from now");
        }
        if (!sent.method().equals(claims.text("htm")) || !sent.isTo(claims.text("htu"))) {
            throw new TokenRefused("the proof is for another call");
        }
        if (!Sha256.base64url(sent.getCredentials()).equals(claims.text("ath"))) {
            throw new TokenRefused("the proof is for another token");
        }
        String id = claims.text("jti");
        if (id == null || id.isEmpty() || !used.add(proofKey + id)) {
            throw new TokenRefused("the proof was used before, or has no jti");
        }
    }

    /** The one key that a JWS brings along and that is looked at, since the token says which it must be. */
    private static JWK key(@Nullable JsonNode jwk) {
        try {
            JWK key = jwk == null ? null : JWK.parse(jwk.toString());
            if (key != null && !key.isPrivate() && IssuerKey.isOne(key)) {
                return key;
            }
        } catch (ParseException e) {
            // The same refusal as for no key.
        }
        throw new TokenRefused("the proof brings no public key along");
    }

    private static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
