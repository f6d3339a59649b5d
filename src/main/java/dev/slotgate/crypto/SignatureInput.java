package dev.slotgate.crypto;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/** Reads what calls with signatures have in common. */
final class SignatureInput {

    private SignatureInput() {}

    static SignatureAlgorithm algorithm(@Nullable String name) {
        return SignatureAlgorithm.NAMES.read("algorithm", name);
    }

    /**
     * What the key is to sign or have signed: made of the message, or the digest that the caller made; exactly one of them must
     * be there.
     */
    static byte[] toBeSigned(byte @Nullable [] message, byte @Nullable [] digest, SignatureAlgorithm algorithm) {
        if (message != null && digest != null) {
            throw HsmException.invalidField("digest", "either message or digest", "both");
        }
        if (!algorithm.scheme().takesDigest()) {
            return wholeMessage(message, algorithm);
        }
        if (message != null) {
            return algorithm.toBeSigned(message);
        }
        if (digest == null) {
            throw HsmException.invalidField("message", "either message or digest", "neither");
        }
        Hash hash = algorithm.hash();
        if (digest.length != hash.bytes()) {
            throw HsmException.invalidField(
                    "digest",
                    hash.bytes() + " bytes, the length of " + hash.jcaName() + " for " + algorithm,
                    digest.length + " bytes");
        }
        return digest;
    }

    private static byte[] wholeMessage(byte @Nullable [] message, SignatureAlgorithm algorithm) {
        if (message == null) {
            throw HsmException.invalidField("message", "the message, since " + algorithm + " takes no digest", "none");
        }
        if (message.length == 0) {
            throw HsmException.inField(
                    HsmFailure.REFUSED_BY_TOKEN, "message", "message: " + algorithm + " signs no empty message here");
        }
        return message;
    }
}
