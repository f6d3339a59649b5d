package dev.slotgate.crypto;

import dev.slotgate.hsm.EcdsaEncoding;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import java.security.PublicKey;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Signs in the token and verifies in the gateway. */
@Service
class Signatures {

    private final KeyAccess keys;
    private final Signer signer;

    Signatures(KeyAccess keys, Signer signer) {
        this.keys = keys;
        this.signer = signer;
    }

    SignResponse sign(SlotId slot, SignRequest request, KeyUser user) {
        String named = KeyAccess.named("key", request.key());
        SignatureAlgorithm algorithm = SignatureInput.algorithm(request.algorithm());
        SignatureFormat format = SignatureFormat.of(request.format(), algorithm);
        byte[] input = SignatureInput.toBeSigned(request.message(), request.digest(), algorithm);
        Key key = keys.find(slot, named, new KeyAccess.Use(KeyOperation.SIGN, algorithm.name(), user));
        checkMaySign(key);
        checkFits(key, algorithm);
        byte[] raw = signer.sign(slot, key.id(), algorithm, input);
        byte[] signature = format == SignatureFormat.DER ? EcdsaEncoding.toDer(raw) : raw;
        return new SignResponse(key.id().hex(), algorithm.name(), signature, format.word());
    }

    VerifyResponse verify(SlotId slot, VerifyRequest request, KeyUser user) {
        String named = KeyAccess.named("key", request.key());
        SignatureAlgorithm algorithm = SignatureInput.algorithm(request.algorithm());
        SignatureFormat format = SignatureFormat.of(request.format(), algorithm);
        byte[] input = SignatureInput.toBeSigned(request.message(), request.digest(), algorithm);
        byte[] signature = request.signature();
        if (signature == null) {
            throw HsmException.invalidField("signature", "a signature in base64", "nothing");
        }
        Key key = keys.find(slot, named, new KeyAccess.Use(KeyOperation.VERIFY, algorithm.name(), user));
        PublicKey publicKey = verifyingKey(key);
        checkFits(key, algorithm);
        boolean valid = raw(signature, format, algorithm)
                .filter(s -> SignatureVerifier.verify(publicKey, algorithm, input, s))
                .isPresent();
        return new VerifyResponse(key.id().hex(), algorithm.name(), valid);
    }

    private static PublicKey verifyingKey(Key key) {
        if (key.publicKey() == null || !key.usage().contains(Usage.SIGN)) {
            throw keyUsage("key: this one has no public half that may verify, or several that differ");
        }
        return key.publicKey();
    }

    /** The signature as the token makes it; empty when it is not of the format, and so is no signature at all. */
    private static Optional<byte[]> raw(byte[] signature, SignatureFormat format, SignatureAlgorithm algorithm) {
        if (format == SignatureFormat.RAW) {
            return Optional.of(signature);
        }
        return algorithm.curve().flatMap(curve -> EcdsaEncoding.toRaw(signature, curve.fieldBytes()));
    }

    private static void checkMaySign(Key key) {
        if (key.keyClass() != KeyClass.PRIVATE || !key.usage().contains(Usage.SIGN)) {
            throw keyUsage("key: this one was not made to sign");
        }
    }

    private static void checkFits(Key key, SignatureAlgorithm algorithm) {
        if (key.isTooShort()) {
            throw keyUsage("key: RSA keys below " + KeySpec.Rsa.MIN_BITS + " bits are not used, and this one is "
                    + key.kind());
        }
        if (!algorithm.fits(key.type(), key.curve())) {
            throw HsmException.inField(
                    HsmFailure.ALGORITHM_MISMATCH,
                    "algorithm",
                    "algorithm: " + algorithm + " needs a key of kind " + algorithm.keyKind() + ", and this one is "
                            + key.kind());
        }
    }

    private static HsmException keyUsage(String message) {
        return HsmException.inField(HsmFailure.KEY_USAGE, "key", message);
    }
}
