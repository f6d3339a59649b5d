package dev.slotgate.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;

/** A public key that the issuer signs with; withdrawn as soon as the issuer's JWK set no longer has it. */
final class IssuerKey {

    private static final int SMALLEST_RSA = 2048;

    private final JWK jwk;
    private volatile boolean withdrawn;

    /** @param jwk its public half */
    IssuerKey(JWK jwk) {
        this.jwk = jwk;
    }

    /** Whether there is a public half, and one that is not soon guessed. */
    static boolean isOne(JWK jwk) {
        return jwk.toPublicJWK() != null && !(jwk instanceof RSAKey rsa && rsa.size() < SMALLEST_RSA);
    }

    JWK jwk() {
        return jwk;
    }

    void withdraw() {
        withdrawn = true;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }
}
