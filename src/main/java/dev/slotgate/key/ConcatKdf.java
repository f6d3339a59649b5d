package dev.slotgate.key;

import dev.slotgate.hsm.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** The key derivation of ECDH-ES (RFC 7518 section 4.6.2, NIST SP 800-56A section 5.8.1) with SHA-256. */
final class ConcatKdf {

    private ConcatKdf() {}

    /**
     * Derives a key.
     *
     * @param secret what both sides agreed on
     * @param bits the length of the key, a multiple of 8
     * @param algorithmId in ASCII
     */
    static byte[] derive(byte[] secret, int bits, String algorithmId, byte[] partyU, byte[] partyV) {
        byte[] derived = new byte[bits / Byte.SIZE];
        int round = 1;
        for (int at = 0; at < derived.length; round++) {
            MessageDigest hash = Hash.SHA_256.begin();
            hash.update(number(round));
            hash.update(secret);
            update(hash, algorithmId.getBytes(StandardCharsets.UTF_8));
            update(hash, partyU);
            update(hash, partyV);
            hash.update(number(bits));
            byte[] block = hash.digest();
            int taken = Math.min(block.length, derived.length - at);
            System.arraycopy(block, 0, derived, at, taken);
            Arrays.fill(block, (byte) 0);
            at += taken;
        }
        return derived;
    }

    /** Data after its length in bytes. */
    private static void update(MessageDigest hash, byte[] data) {
        hash.update(number(data.length));
        hash.update(data);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
