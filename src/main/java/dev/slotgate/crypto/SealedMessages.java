package dev.slotgate.crypto;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.SlotId;
import java.security.SecureRandom;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/** Encrypts with AES-GCM, each message with an IV of its own. */
@Component
class SealedMessages {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyCrypto crypto;
    private final GcmMessages messages;

    SealedMessages(KeyCrypto crypto, GcmMessages messages) {
        this.crypto = crypto;
        this.messages = messages;
    }

    /** @throws HsmException KEY_EXHAUSTED */
    Sealed seal(SlotId slot, Key key, byte[] aad, byte[] plaintext) {
        messages.count(key);
        byte[] iv = new byte[EncryptionAlgorithm.IV_BYTES];
        RANDOM.nextBytes(iv);
        byte[] sealed = crypto.seal(slot, key.id(), iv, aad, plaintext);
        int length = sealed.length - EncryptionAlgorithm.TAG_BYTES;
        return new Sealed(iv, Arrays.copyOf(sealed, length), Arrays.copyOfRange(sealed, length, sealed.length));
    }

    /** A ciphertext and what it takes to open it. */
    @SuppressWarnings("ArrayRecordComponent") // Taken apart at once, never compared.
    record Sealed(byte[] iv, byte[] ciphertext, byte[] tag) {}
}
