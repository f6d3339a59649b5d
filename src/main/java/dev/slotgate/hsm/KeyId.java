package dev.slotgate.hsm;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A key's identity on its slot: its CKA_ID as lower-case hex. Both halves of a key pair share it. */
public record KeyId(String hex) implements Comparable<KeyId> {

    /** The longest CKA_ID that a key can be named by. */
    public static final int MAX_BYTES = 256;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{2," + 2 * MAX_BYTES + "}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int GENERATED_BYTES = 16;

    public KeyId {
        if (!looksLikeOne(hex)) {
            throw new IllegalArgumentException("a key id is an even number of lower-case hex digits");
        }
    }

    /** Whether the text has the form of a key id; a label may have it too. */
    public static boolean looksLikeOne(String text) {
        return text.length() % 2 == 0 && HEX.matcher(text).matches();
    }

    public static KeyId of(byte[] ckaId) {
        return new KeyId(HexFormat.of().formatHex(ckaId));
    }

    /** A new id for a key made here: 16 random bytes. */
    public static KeyId random() {
        byte[] bytes = new byte[GENERATED_BYTES];
        RANDOM.nextBytes(bytes);
        return of(bytes);
    }

    /** The value of CKA_ID. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(KeyId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
