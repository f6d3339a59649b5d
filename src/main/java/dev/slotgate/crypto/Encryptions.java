package dev.slotgate.crypto;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.OaepBlock;
import dev.slotgate.hsm.SlotId;
import java.security.PublicKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Encrypts and decrypts: with secret and private keys in the token, with public ones in the gateway. */
@Service
class Encryptions {

    private final KeyAccess keys;
    private final KeyCrypto crypto;
    private final SealedMessages messages;

    Encryptions(KeyAccess keys, KeyCrypto crypto, SealedMessages messages) {
        this.keys = keys;
        this.crypto = crypto;
        this.messages = messages;
    }

    static EncryptionAlgorithm algorithm(@Nullable String name) {
        return EncryptionAlgorithm.NAMES.read("algorithm", name);
    }

    EncryptResponse encrypt(SlotId slot, EncryptRequest request, KeyUser user) {
        String named = KeyAccess.named("key", request.key());
        EncryptionAlgorithm algorithm = algorithm(request.algorithm());
        byte[] plaintext = Fields.bytes("plaintext", request.plaintext());
        refuseOther(algorithm, request.aad(), request.label());
        Key key = keys.find(slot, named, new KeyAccess.Use(KeyOperation.ENCRYPT, algorithm.joseName(), user));
        KeyChecks.requireUsage(key, algorithm.usage(), "encrypt");
        requireFit(key, algorithm);
        if (algorithm.isGcm()) {
            SealedMessages.Sealed sealed = messages.seal(slot, key, Fields.orNone(request.aad()), plaintext);
            return new EncryptResponse(
                    key.id().hex(), algorithm.joseName(), sealed.ciphertext(), sealed.iv(), sealed.tag());
        }
        byte[] ciphertext = Oaep.encrypt(publicHalf(key), algorithm, Fields.orNone(request.label()), plaintext);
        return new EncryptResponse(key.id().hex(), algorithm.joseName(), ciphertext, null, null);
    }

    DecryptResponse decrypt(SlotId slot, DecryptRequest request, KeyUser user) {
        String named = KeyAccess.named("key", request.key());
        EncryptionAlgorithm algorithm = algorithm(request.algorithm());
        byte[] ciphertext = Fields.bytes("ciphertext", request.ciphertext());
        refuseOther(algorithm, request.aad(), request.label());
        if (algorithm.isGcm()) {
            Fields.bytes("iv", EncryptionAlgorithm.IV_BYTES, request.iv());
            Fields.bytes("tag", EncryptionAlgorithm.TAG_BYTES, request.tag());
        } else {
            Fields.refuse("iv", request.iv(), algorithm.joseName());
            Fields.refuse("tag", request.tag(), algorithm.joseName());
        }
        Key key = keys.find(slot, named, new KeyAccess.Use(KeyOperation.DECRYPT, algorithm.joseName(), user));
        KeyChecks.requireOnly(key, algorithm.usage(), "decrypt");
        requireFit(key, algorithm);
        byte[] plaintext = algorithm.isGcm()
                ? open(slot, key, request, ciphertext)
                : openOaep(slot, key, algorithm, Fields.orNone(request.label()), ciphertext);
        return new DecryptResponse(key.id().hex(), algorithm.joseName(), plaintext);
    }

    private byte[] open(SlotId slot, Key key, DecryptRequest request, byte[] ciphertext) {
        byte[] iv = Fields.orNone(request.iv());
        byte[] tag = Fields.orNone(request.tag());
        byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
        System.arraycopy(tag, 0, sealed, ciphertext.length, tag.length);
        return crypto.open(slot, key.id(), iv, Fields.orNone(request.aad()), sealed);
    }

    private byte[] openOaep(SlotId slot, Key key, EncryptionAlgorithm algorithm, byte[] label, byte[] ciphertext) {
        if (key.keyClass() != KeyClass.PRIVATE) {
            throw KeyChecks.keyUsage("the token holds only the public half of this one");
        }
        PublicKey publicKey = publicHalf(key);
        if (ciphertext.length != Oaep.modulusBytes(publicKey)) {
            throw HsmException.decryptionFailed();
        }
        OaepBlock block = crypto.openOaep(slot, key.id(), algorithm, label.length > 0, ciphertext);
        return block.decoded() ? block.bytes() : Oaep.decode(publicKey, algorithm, label, block.bytes());
    }

    private static void requireFit(Key key, EncryptionAlgorithm algorithm) {
        KeyChecks.requireFit(key, algorithm.fits(key.type(), key.size()), algorithm.joseName(), algorithm.keyKind());
    }

    private static PublicKey publicHalf(Key key) {
        PublicKey publicKey = key.publicKey();
        if (publicKey == null) {
            throw KeyChecks.keyUsage("the token holds no public half of this one, or several that differ");
        }
        return publicKey;
    }

    private static void refuseOther(EncryptionAlgorithm algorithm, byte @Nullable [] aad, byte @Nullable [] label) {
        if (algorithm.isGcm()) {
            Fields.refuse("label", label, algorithm.joseName());
        } else {
            Fields.refuse("aad", aad, algorithm.joseName());
        }
    }
}
