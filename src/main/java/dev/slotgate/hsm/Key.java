package dev.slotgate.hsm;

import java.security.PublicKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as the token tells it: a pair, a secret key or a public key alone.
 *
 * @param token the token that holds it
 * @param uri the PKCS#11 URI (RFC 7512)
 * @param label CKA_LABEL, absent when the token has none
 * @param size the modulus of RSA or the length of a secret key in bits; absent for curves
 * @param curve absent for other types, and for a curve that is not on offer here
 * @param usage the families that its usage attributes allow; keys made elsewhere may have none or several
 * @param publicKey absent for secret keys and where the token does not hold the public half
 */
public record Key(
        KeyId id,
        SlotId slot,
        TokenIdentity token,
        String uri,
        @Nullable String label,
        KeyType type,
        @Nullable Integer size,
        @Nullable Curve curve,
        Set<Usage> usage,
        KeyClass keyClass,
        KeyAttributes attributes,
        @Nullable PublicKey publicKey) {

    /** Whether it is RSA below the size that is used here; other programs make such keys. */
    public boolean isTooShort() {
        return type == KeyType.RSA && (size == null || size < KeySpec.Rsa.MIN_BITS);
    }

    /** The kind of key, for messages: for example {@code EC P-256} or {@code RSA 2048}. */
    public String kind() {
        if (curve != null) {
            return type + " " + curve.jwkName();
        }
        return size == null ? type.toString() : type + " " + size;
    }
}
