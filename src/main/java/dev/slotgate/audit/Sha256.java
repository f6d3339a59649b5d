package dev.slotgate.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which chains the journal and which checkpoints sign. */
final class Sha256 {

    private final MessageDigest digest;

    /** To be used by one thread, over and over. */
    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] of(byte[] bytes) {
        return new Sha256().next(bytes);
    }

    byte[] next(byte[] bytes) {
        // Something may be left of one that memory was short for.
        digest.reset();
        return digest.digest(bytes);
    }
}
