package dev.slotgate.hsm;

import static dev.slotgate.hsm.Curve.ED25519;
import static dev.slotgate.hsm.Curve.P_256;
import static dev.slotgate.hsm.Curve.P_384;
import static dev.slotgate.hsm.Curve.P_521;
import static dev.slotgate.hsm.Curve.SECP256K1;
import static dev.slotgate.hsm.Hash.SHA_256;
import static dev.slotgate.hsm.Hash.SHA_384;
import static dev.slotgate.hsm.Hash.SHA_512;
import static dev.slotgate.hsm.SignatureScheme.ECDSA;
import static dev.slotgate.hsm.SignatureScheme.EDDSA;
import static dev.slotgate.hsm.SignatureScheme.RSA_PKCS1;
import static dev.slotgate.hsm.SignatureScheme.RSA_PSS;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The signature algorithms on offer, by their JOSE names (RFC 7518 section 3.1): one row each. */
public enum SignatureAlgorithm {
    RS256(RSA_PKCS1, SHA_256, null),
    RS384(RSA_PKCS1, SHA_384, null),
    RS512(RSA_PKCS1, SHA_512, null),
    PS256(RSA_PSS, SHA_256, null),
    PS384(RSA_PSS, SHA_384, null),
    PS512(RSA_PSS, SHA_512, null),
    ES256(ECDSA, SHA_256, P_256),
    ES384(ECDSA, SHA_384, P_384),
    ES512(ECDSA, SHA_512, P_521),
    /** RFC 8812. */
    ES256K(ECDSA, SHA_256, SECP256K1),
    /** RFC 8037, with Ed25519. */
    EdDSA(EDDSA, SHA_512, ED25519);

    public static final Names<SignatureAlgorithm> NAMES = Names.of(values(), Enum::name);

    private final SignatureScheme scheme;
    private final Hash hash;
    private final @Nullable Curve curve;

    SignatureAlgorithm(SignatureScheme scheme, Hash hash, @Nullable Curve curve) {
        this.scheme = scheme;
        this.hash = hash;
        this.curve = curve;
    }

    public SignatureScheme scheme() {
        return scheme;
    }

    /** The hash of the message; EdDSA makes it itself. */
    public Hash hash() {
        return hash;
    }

    /** What a key is given to sign of a message: its digest, or all of it. */
    public byte[] toBeSigned(byte[] message) {
        return scheme.takesDigest() ? hash.digest(message) : message;
    }

    /** The curve of an ECDSA algorithm. */
    public Optional<Curve> curve() {
        return Optional.ofNullable(curve);
    }

    /** Whether a key of this kind can be used with the algorithm at all, whatever it is meant for. */
    public boolean fits(KeyType keyType, @Nullable Curve keyCurve) {
        return keyType == (curve == null ? KeyType.RSA : curve.keyType()) && keyCurve == curve;
    }

    /** The kind of key it needs, for messages: for example {@code EC P-256}. */
    public String keyKind() {
        return curve == null ? "RSA" : curve.keyType() + " " + curve.jwkName();
    }
}
