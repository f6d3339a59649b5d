package dev.slotgate.crypto;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/** Reads what calls with signatures have in common. */
final class SignatureInput {

    private SignatureInput() {}

    static String key(@Nullable String key) {
        if (key == null || key.isEmpty()) {
            throw HsmException.invalidField("key", "a key's id or label", "nothing");
        }
        return key;
    }

    static SignatureAlgorithm algorithm(@Nullable String name) {
        if (name == null) {
            throw HsmException.invalidField("algorithm", "one of " + SignatureAlgorithm.names(), "nothing");
        }
        return SignatureAlgorithm.named(name)
                .orElseThrow(() -> HsmException.invalidField(
                        "algorithm", "one of " + SignatureAlgorithm.names(), Quoted.text(name)));
    }

    /** The digest of the message, or the digest that the caller made; exactly one of them must be there. */
    static byte[] digest(byte @Nullable [] message, byte @Nullable [] digest, SignatureAlgorithm algorithm) {
        Hash hash = algorithm.hash();
        if (message != null && digest != null) {
            throw HsmException.invalidField("digest", "either message or digest", "both");
        }
        if (message != null) {
            return hash.digest(message);
        }
        if (digest == null) {
            throw HsmException.invalidField("message", "either message or digest", "neither");
        }
        if (digest.length != hash.bytes()) {
            throw HsmException.invalidField(
                    "digest",
                    hash.bytes() + " bytes, the length of " + hash.jcaName() + " for " + algorithm,
                    digest.length + " bytes");
        }
        return digest;
    }
}
