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
 * @param hasCkaId false for one that other programs left without a CKA_ID: its id is derived from what the token shows of it
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
        @Nullable PublicKey publicKey,
        boolean hasCkaId) {

    /** Whether it is RSA below the size that is used here; other programs make such keys. */
    public boolean isTooShort() {
        return type == KeyType.RSA && (size == null || size < KeySpec.Rsa.MIN_BITS);
    }

    /** Whether it has the one purpose: a key with several can be used to give away another. */
    public boolean isOnlyFor(Usage purpose) {
        return usage.equals(Set.of(purpose));
    }

    /**
     * Whether nothing that is wrapped under it can be had in the clear: it was made on its token, never was and never can be
     * outside, and is for nothing else. Where a token tells other things of a key that came from outside, that it is not
     * local is the truth.
     */
    public boolean isSafeToWrapWith() {
        return keyClass != KeyClass.PUBLIC
                && attributes.sensitive()
                && attributes.neverExtractable()
                && !attributes.extractable()
                && attributes.local()
                && isOnlyFor(Usage.WRAP)
                && !isTooShort();
    }

    /** The same with a size that the token does not tell. */
    public Key withSize(@Nullable Integer bits) {
        return new Key(
                id, slot, token, uri, label, type, bits, curve, usage, keyClass, attributes, publicKey, hasCkaId);
    }

    /** The kind of key, for messages: for example {@code EC P-256} or {@code RSA 2048}. */
    public String kind() {
        if (curve != null) {
            return type + " " + curve.jwkName();
        }
        return size == null ? type.toString() : type + " " + size;
    }
}
