package dev.slotgate.hsm;

import java.security.PublicKey;

/** What keys that stay in their tokens do with data, but for signatures; and the random numbers of tokens. */
public interface KeyCrypto {

    /**
     * Encrypts with AES-GCM.
     *
     * @param iv of 12 bytes, never used before with the key
     * @return the ciphertext, as long as the plaintext, and the tag of 16 bytes after it
     */
    byte[] seal(SlotId slot, KeyId key, byte[] iv, byte[] aad, byte[] plaintext);

    /**
     * Decrypts with AES-GCM.
     *
     * @param sealed the ciphertext and the tag after it
     * @throws HsmException DECRYPTION_FAILED for whatever is wrong with what was given
     */
    byte[] open(SlotId slot, KeyId key, byte[] iv, byte[] aad, byte[] sealed);

    /**
     * Decrypts with RSA-OAEP as far as the token can.
     *
     * @param hasLabel whether what was encrypted was bound to a label, which tokens get wrong
     * @throws HsmException DECRYPTION_FAILED for whatever is wrong with the ciphertext; REFUSED_BY_TOKEN for what the token
     *     cannot do and the gateway may not complete
     */
    OaepBlock openOaep(SlotId slot, KeyId key, EncryptionAlgorithm algorithm, boolean hasLabel, byte[] ciphertext);

    /**
     * Makes a message authentication code.
     *
     * @return as long as the hash, or the block of the cipher
     */
    byte[] mac(SlotId slot, KeyId key, MacAlgorithm algorithm, byte[] message);

    /**
     * Agrees on a secret by elliptic-curve Diffie-Hellman (NIST SP 800-56A section 5.7.1.2).
     *
     * @param peer on the curve of the key
     * @return the shared x coordinate, as long as the curve's field; the caller wipes it
     * @throws HsmException REFUSED_BY_TOKEN also when the gateway may not derive keys for the slot
     */
    byte[] agree(SlotId slot, KeyId key, PublicKey peer);

    /** Random bytes of the token. */
    byte[] random(SlotId slot, int length);
}
