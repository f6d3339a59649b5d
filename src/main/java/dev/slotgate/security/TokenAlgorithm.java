package dev.slotgate.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What access tokens may be signed with (RFC 7518, RFC 8037): with a private key, so never {@code none} and never a MAC. */
@SuppressWarnings("ImmutableEnumChecker") // The types of Nimbus are immutable, and do not say so.
public enum TokenAlgorithm {
    RS256(JWSAlgorithm.RS256, KeyType.RSA, null),
    RS384(JWSAlgorithm.RS384, KeyType.RSA, null),
    RS512(JWSAlgorithm.RS512, KeyType.RSA, null),
    PS256(JWSAlgorithm.PS256, KeyType.RSA, null),
    PS384(JWSAlgorithm.PS384, KeyType.RSA, null),
    PS512(JWSAlgorithm.PS512, KeyType.RSA, null),
    ES256(JWSAlgorithm.ES256, KeyType.EC, Curve.P_256),
    ES384(JWSAlgorithm.ES384, KeyType.EC, Curve.P_384),
    ES512(JWSAlgorithm.ES512, KeyType.EC, Curve.P_521),
    EDDSA(JWSAlgorithm.EdDSA, KeyType.OKP, Curve.Ed25519);

    private final JWSAlgorithm jose;
    private final KeyType type;
    private final @Nullable Curve curve;

    TokenAlgorithm(JWSAlgorithm jose, KeyType type, @Nullable Curve curve) {
        this.jose = jose;
        this.type = type;
        this.curve = curve;
    }

    /** By its name in a JOSE header, letter for letter. */
    static Optional<TokenAlgorithm> named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(known -> known.text().equals(name))
                .findFirst();
    }

    /** Its name in a JOSE header. */
    public String text() {
        return jose.getName();
    }

    JWSAlgorithm jose() {
        return jose;
    }

    /**
     * The keys that may have made such a signature: a key has one kind, and one that is declared for something else is none.
     *
     * @param kid the id that the key must have, or null when any will do
     */
    JWKMatcher keys(@Nullable String kid) {
        var keys = new JWKMatcher.Builder()
                .keyType(type)
                .keyUses(KeyUse.SIGNATURE, null)
                .keyOperations(KeyOperation.VERIFY, null)
                .algorithms(jose, null);
        if (curve != null) {
            keys.curve(curve);
        }
        if (kid != null) {
            keys.keyID(kid);
        }
        return keys.build();
    }
}
