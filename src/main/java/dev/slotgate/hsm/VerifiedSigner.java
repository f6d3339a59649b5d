package dev.slotgate.hsm;

import java.util.List;

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

    /**
     * Signs several inputs, at least one.
     *
     * @return the signatures of the first inputs, in order: of all, or of fewer, but at least one
     * @throws HsmException as {@link #sign} of the first
     */
    List<byte[]> signAll(SlotId slot, Key key, SignatureAlgorithm algorithm, List<byte[]> inputs);
}
