package dev.slotgate.hsm.pkcs11;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The label of a token as C_InitToken takes it (PKCS#11 2.40 section 5.5). */
final class TokenLabel {

    private static final int BYTES = 32;

    private TokenLabel() {}

    /** 32 bytes of UTF-8, padded with blanks by the caller; what is missing would be foreign memory. */
    static char[] padded(String label) {
        int used = label.getBytes(StandardCharsets.UTF_8).length;
        if (used > BYTES) {
            throw new IllegalArgumentException("a token label has at most 32 bytes");
        }
        char[] padded = Arrays.copyOf(label.toCharArray(), label.length() + BYTES - used);
        Arrays.fill(padded, label.length(), padded.length, ' ');
        return padded;
    }
}
