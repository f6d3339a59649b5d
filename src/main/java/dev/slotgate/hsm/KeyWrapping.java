package dev.slotgate.hsm;

/** Lets keys leave a token and come back, always wrapped under another key of it. */
public interface KeyWrapping {

    /**
     * Wraps a key.
     *
     * @param wrappingKey local, never extractable and for nothing but wrapping
     * @return for AES key wrap 8 bytes longer than the key (rounded up to 8), for OAEP as long as the modulus
     * @throws HsmException KEY_NOT_EXTRACTABLE, or KEY_USAGE for a wrapping key that could give the wrapped one away
     */
    byte[] wrap(SlotId slot, KeyId key, KeyId wrappingKey, WrapAlgorithm algorithm);

    /**
     * Unwraps a key into the token and reads it back.
     *
     * @throws HsmException DECRYPTION_FAILED for whatever is wrong with what is wrapped
     */
    @ChangesToken
    Key unwrap(SlotId slot, UnwrappedKey order);
}
