package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.Usage;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /slots/{slot}/derive}.
 *
 * @param key an id or a label
 * @param algorithm {@code ECDH-ES}
 * @param publicKey the other side's, as a JSON Web Key or in PEM
 * @param size of the new key, in bits
 * @param enc what the new key is for, as it goes into the derivation (AlgorithmID of RFC 7518 section 4.6.2)
 * @param apu about the producer, likewise
 * @param apv about the recipient, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // read once from JSON, never compared
record DeriveKeyRequest(
        @Nullable String key,
        @Nullable String algorithm,
        @Nullable JsonNode publicKey,
        @Nullable String type,
        @Nullable Integer size,
        @Nullable String label,
        @Nullable List<@Nullable String> usage,
        @Nullable String enc,
        byte @Nullable [] apu,
        byte @Nullable [] apv,
        @Nullable Boolean extractable,
        @Nullable List<@Nullable String> algorithms,
        @Nullable Map<String, @Nullable String> tags) {

    static final String ALGORITHM = "ECDH-ES";

    String checkedKey() {
        return KeyAccess.named("key", key);
    }

    void checkAlgorithm() {
        if (!ALGORITHM.equals(algorithm)) {
            throw HsmException.invalidField(
                    "algorithm", ALGORITHM, algorithm == null ? "nothing" : Quoted.text(algorithm));
        }
    }

    /** The other side's key, on a curve for key agreement. */
    PublicKey checkedPublicKey() {
        if (publicKey == null || publicKey.isNull()) {
            throw HsmException.invalidField("publicKey", "a public key as a JWK or in PEM", "nothing");
        }
        KeyMaterial read;
        try {
            read = (publicKey.isString() ? ImportFormat.SPKI : ImportFormat.JWK).read(publicKey, KeyType.EC);
        } catch (HsmException e) {
            throw HsmException.inField(
                    e.failure(), "publicKey", String.valueOf(e.getMessage()).replaceFirst("^material", "publicKey"));
        }
        try (read) {
            if (read instanceof KeyMaterial.PublicHalf half
                    && half.type() == KeyType.EC
                    && PublicKeyInfo.curve(half.publicKey()).isPresent()) {
                return half.publicKey();
            }
        }
        throw HsmException.invalidField("publicKey", "a public key of type EC", "another key");
    }

    int checkedSize(KeyType checkedType) {
        return Objects.requireNonNull(KeyKind.spec(checkedType, size, null).size());
    }

    KeyType checkedType() {
        KeyType checked = KeyKind.type(type);
        if (checked != KeyType.AES && checked != KeyType.HMAC) {
            throw HsmException.invalidField("type", "AES or HMAC for a key that is derived", checked.name());
        }
        return checked;
    }

    /** The other side knows the key too, so it never wraps. */
    Usage checkedUsage(KeyType checkedType) {
        return Usages.ofForeign(usage, checkedType);
    }

    /** Without {@code enc} a key that encrypts is for the algorithm of its size, as JOSE would have it; no other is for one. */
    String algorithmId(Usage checkedUsage, int bits) {
        if (enc != null) {
            return enc;
        }
        return checkedUsage == Usage.ENCRYPT ? "A" + bits + "GCM" : "";
    }
}
