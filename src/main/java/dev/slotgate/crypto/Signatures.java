package dev.slotgate.crypto;

import dev.slotgate.hsm.EcdsaEncoding;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SignatureVerifier;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import dev.slotgate.hsm.VerifiedSigner;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Signs in the token and verifies in the gateway: messages and digests of a request, and messages that come as streams. */
@Service
class Signatures {

    private final KeyAccess keys;
    private final VerifiedSigner signer;

    Signatures(KeyAccess keys, VerifiedSigner signer) {
        this.keys = keys;
        this.signer = signer;
    }

    SignResponse sign(SlotId slot, SignRequest request, KeyUser user) {
        Signing signing = begin(slot, request, user);
        byte[] raw = signer.sign(slot, signing.use.key, signing.use.algorithm, signing.input);
        return signing.use.answer(raw, null);
    }

    /** Finds the key, and checks all that can be checked before it is used. */
    Signing begin(SlotId slot, SignRequest request, KeyUser user) {
        SignatureAlgorithm algorithm = SignatureInput.algorithm(request.algorithm());
        byte[] input = SignatureInput.toBeSigned(request.message(), request.digest(), algorithm);
        return new Signing(signing(slot, request, user), input);
    }

    /** Signs a message of any size; the token is not needed before all of it is there. */
    SignResponse sign(SlotId slot, SignRequest request, InputStream message, KeyUser user) throws IOException {
        byte[] input = StreamedMessage.toBeSigned(message, signing(slot, request, user).algorithm);
        // A long message leaves time for the key to be disabled, or granted to others alone.
        Use use = signing(slot, request, user);
        return use.answer(signer.sign(slot, use.key, use.algorithm, input), use.digest(input));
    }

    VerifyResponse verify(SlotId slot, VerifyRequest request, KeyUser user) {
        SignatureAlgorithm algorithm = SignatureInput.algorithm(request.algorithm());
        byte[] input = SignatureInput.toBeSigned(request.message(), request.digest(), algorithm);
        byte[] signature = Fields.bytes("signature", request.signature());
        return verified(verifying(slot, request, user), input, signature, null);
    }

    /** Verifies the signature of a message of any size. */
    VerifyResponse verify(SlotId slot, VerifyRequest request, InputStream message, KeyUser user) throws IOException {
        byte[] signature = Fields.bytes("signature", request.signature());
        byte[] input = StreamedMessage.toBeSigned(message, verifying(slot, request, user).algorithm);
        Use use = verifying(slot, request, user);
        return verified(use, input, signature, use.digest(input));
    }

    private Use signing(SlotId slot, SignRequest request, KeyUser user) {
        Use use = use(slot, request.key(), request.algorithm(), request.format(), KeyOperation.SIGN, user);
        checkMaySign(use.key);
        use.checkFits();
        return use;
    }

    private Use verifying(SlotId slot, VerifyRequest request, KeyUser user) {
        Use use = use(slot, request.key(), request.algorithm(), request.format(), KeyOperation.VERIFY, user);
        verifyingKey(use.key);
        use.checkFits();
        return use;
    }

    private Use use(
            SlotId slot,
            @Nullable String keyName,
            @Nullable String algorithmName,
            @Nullable String formatWord,
            KeyOperation operation,
            KeyUser user) {
        String named = KeyAccess.named("key", keyName);
        SignatureAlgorithm algorithm = SignatureInput.algorithm(algorithmName);
        SignatureFormat format = SignatureFormat.of(formatWord, algorithm);
        Key key = keys.find(slot, named, new KeyAccess.Use(operation, algorithm.name(), user));
        return new Use(key, algorithm, format);
    }

    private static VerifyResponse verified(Use use, byte[] input, byte[] signature, byte @Nullable [] digest) {
        boolean valid = use.raw(signature)
                .filter(raw -> SignatureVerifier.verify(verifyingKey(use.key), use.algorithm, input, raw))
                .isPresent();
        return new VerifyResponse(use.key.id().hex(), use.algorithm.name(), valid, digest);
    }

    private static PublicKey verifyingKey(Key key) {
        if (key.publicKey() == null || !key.usage().contains(Usage.SIGN)) {
            throw KeyChecks.keyUsage("this one has no public half that may verify, or several that differ");
        }
        return key.publicKey();
    }

    /** @throws dev.slotgate.hsm.HsmException KEY_USAGE */
    static void checkMaySign(Key key) {
        if (key.keyClass() != KeyClass.PRIVATE || !key.usage().contains(Usage.SIGN)) {
            throw KeyChecks.keyUsage("this one was not made to sign");
        }
    }

    /** A signature that is to be made: how, and of what. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Signing(Use use, byte[] input) {}

    /** A key, and how it is used. */
    record Use(Key key, SignatureAlgorithm algorithm, SignatureFormat format) {

        /** @param raw the signature as the token makes it */
        SignResponse answer(byte[] raw, byte @Nullable [] digest) {
            byte[] signature = format == SignatureFormat.DER ? EcdsaEncoding.toDer(raw) : raw;
            return new SignResponse(key.id().hex(), algorithm.name(), signature, format.word(), digest);
        }

        void checkFits() {
            KeyChecks.requireFit(key, algorithm.fits(key.type(), key.curve()), algorithm.name(), algorithm.keyKind());
        }

        /** The signature as the token makes it; empty when it is not of the format, and so is no signature at all. */
        Optional<byte[]> raw(byte[] signature) {
            if (format == SignatureFormat.RAW) {
                return Optional.of(signature);
            }
            return algorithm.curve().flatMap(curve -> EcdsaEncoding.toRaw(signature, curve.fieldBytes()));
        }

        byte @Nullable [] digest(byte[] input) {
            return algorithm.scheme().takesDigest() ? input : null;
        }
    }
}
