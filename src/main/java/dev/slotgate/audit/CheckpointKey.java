package dev.slotgate.audit;

import java.security.PublicKey;

/** The key that signs checkpoints: on a token, and reserved for that. */
public interface CheckpointKey {

    /**
     * Signs.
     *
     * @param digest SHA-256 of what a checkpoint says
     * @return r and s of ECDSA P-256 one after the other, 64 bytes
     * @throws RuntimeException while the token does not
     */
    byte[] sign(byte[] digest);

    /** @throws RuntimeException while it is not known */
    PublicKey publicKey();
}
