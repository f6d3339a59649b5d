package dev.slotgate.hsm;

import org.jspecify.annotations.Nullable;

/**
 * Uses keys for those who may: every rule of the gateway holds, on who sees and uses a key, on its purpose and on its algorithms.
 * Every call may throw whatever {@link KeyAccess#find} does, KEY_USAGE or ALGORITHM_MISMATCH.
 */
public interface KeyUses {

    /** @param input what {@link SignatureAlgorithm#toBeSigned} makes of the message. @return as {@link Signer#sign} gives it */
    byte[] sign(SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] input, KeyUser user);

    /** @param signature as {@link Signer#sign} gives it */
    boolean verify(SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] input, byte[] signature, KeyUser user);

    byte[] mac(SlotId slot, KeyId key, MacAlgorithm algorithm, byte[] message, KeyUser user);

    boolean verifyMac(SlotId slot, KeyId key, MacAlgorithm algorithm, byte[] message, byte[] mac, KeyUser user);

    /** Encrypts with the public half of a key of RSA. */
    byte[] encrypt(SlotId slot, KeyId key, EncryptionAlgorithm algorithm, byte[] label, byte[] plaintext, KeyUser user);

    /**
     * Decrypts.
     *
     * @param bound what the ciphertext is bound to: the label of RSA-OAEP, or the additional data of GCM
     * @param iv of GCM; null for RSA-OAEP
     * @param ciphertext of GCM with its tag after it
     */
    byte[] decrypt(
            SlotId slot,
            KeyId key,
            EncryptionAlgorithm algorithm,
            byte @Nullable [] iv,
            byte[] bound,
            byte[] ciphertext,
            KeyUser user);

    /** @throws HsmException INVALID_FIELD for more than 64 KiB */
    byte[] random(SlotId slot, int length);
}
