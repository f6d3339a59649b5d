package dev.slotgate.hsm;

/** Signs as {@link Signer} does, and lets no signature leave that is known to be faulty. */
public interface VerifiedSigner {

    /**
     * Signs.
     *
     * @param key with its public half, where it has one
     * @param input what {@link SignatureAlgorithm#toBeSigned} makes of the message
     * @return as {@link Signer#sign} gives it
     * @throws HsmException SIGNATURE_FAULTY, or whatever the token made of it
     */
    byte[] sign(SlotId slot, Key key, SignatureAlgorithm algorithm, byte[] input);
}
