package dev.slotgate.hsm;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @return the signatures of the first inputs, in order: of all, or of fewer, but at least one; null in the place of one that is
     *     faulty
     * @throws HsmException whatever the token made of the first
     */
    List<byte @Nullable []> signAll(SlotId slot, Key key, SignatureAlgorithm algorithm, List<byte[]> inputs);

    /** What the caller of a faulty signature gets in its place. */
    static HsmException faulty() {
        return new HsmException(HsmFailure.SIGNATURE_FAULTY, "The token made a signature that does not verify.");
    }
}
