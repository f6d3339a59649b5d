package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.OaepBlock;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.SlotId;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Mechanism;

/**
 * Uses the keys of the bound slots. Everything in one call, but for empty input: the wrapper hands it over as a pointer to
 * nothing, and tokens refuse that and leave the operation active.
 */
final class Pkcs11KeyCrypto implements KeyCrypto {

    private final BoundSlots slots;

    Pkcs11KeyCrypto(BoundSlots slots) {
        this.slots = slots;
    }

    @Override
    public byte[] seal(SlotId slot, KeyId key, byte[] iv, byte[] aad, byte[] plaintext) {
        return slots.bound(slot).use(key, (session, handle) -> {
            Mechanism gcm = Mechanisms.gcm(iv, aad);
            if (plaintext.length > 0) {
                return session.encryptSingle(gcm, handle, plaintext);
            }
            session.encryptInit(gcm, handle);
            return session.encryptFinal();
        });
    }

    @Override
    public byte[] open(SlotId slot, KeyId key, byte[] iv, byte[] aad, byte[] sealed) {
        return slots.bound(slot).use(key, (session, handle) -> {
            session.decryptInit(Mechanisms.gcm(iv, aad), handle);
            return ContentErrors.judged(session, HsmException.decryptionFailed(), () -> session.decrypt(sealed));
        });
    }

    @Override
    public OaepBlock openOaep(
            SlotId slot, KeyId key, EncryptionAlgorithm algorithm, boolean hasLabel, byte[] ciphertext) {
        return OaepDecryption.opened(slots.bound(slot), key, algorithm, hasLabel, ciphertext);
    }

    @Override
    public byte[] mac(SlotId slot, KeyId key, MacAlgorithm algorithm, byte[] message) {
        if (message.length == 0 && !slots.bound(slot).habits().multiPartMac()) {
            throw HsmException.inField(
                    HsmFailure.REFUSED_BY_TOKEN, "message", "message: the token makes no MAC of an empty one");
        }
        return slots.bound(slot).use(key, (session, handle) -> {
            Mechanism mechanism = Mechanisms.mac(algorithm);
            if (message.length > 0) {
                return session.signSingle(mechanism, handle, message);
            }
            session.signInit(mechanism, handle);
            return session.signFinal();
        });
    }

    @Override
    public byte[] agree(SlotId slot, KeyId key, PublicKey peer) {
        if (!slots.bound(slot).completion().derive()) {
            throw new HsmException(
                    HsmFailure.REFUSED_BY_TOKEN, "The slot's configuration does not let the gateway derive keys.");
        }
        byte[] point = PublicKeyInfo.point(peer);
        return slots.bound(slot).use(key, (session, handle) -> {
            long secret = session.deriveKey(Mechanisms.agreement(point), handle, readable());
            try {
                return agreed(session.getAttrValues(secret, CKA_VALUE).value(), peer);
            } finally {
                session.destroyObject(secret);
            }
        });
    }

    /** Some tokens leave zeros at the beginning away. */
    private static byte[] agreed(byte @Nullable [] secret, PublicKey peer) {
        int length = PublicKeyInfo.curve(peer).orElseThrow().fieldBytes();
        if (secret == null || secret.length > length) {
            throw new HsmException(HsmFailure.REFUSED_BY_TOKEN, "The token does not tell what was agreed on.");
        }
        byte[] whole = new byte[length];
        System.arraycopy(secret, 0, whole, length - secret.length, secret.length);
        return whole;
    }

    @Override
    public byte[] random(SlotId slot, int length) {
        return slots.bound(slot).read(session -> session.generateRandom(length));
    }

    /** All of the shared secret, in an object that ends with its session. */
    private static AttributeVector readable() {
        return AttributeVector.newSecretKey(CKK_GENERIC_SECRET)
                .token(false)
                .private_(true)
                .sensitive(false)
                .extractable(true);
    }
}
