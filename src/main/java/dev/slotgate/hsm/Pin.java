package dev.slotgate.hsm;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * A PIN. It is never a String, does not show itself in messages or logs, and can be wiped. Two PINs are compared with
 * {@link #matches} in constant time.
 */
public final class Pin implements AutoCloseable {

    /** What tokens and trial instances are delivered with: SoftHSM and cloud trials, openCryptoki user and SO. */
    private static final List<String> WELL_KNOWN = List.of("98765432", "12345678", "87654321", "1234", "0000");

    /** Of one char; a pair of surrogates needs less. */
    private static final int MAX_UTF8_BYTES = 3;

    private final char[] characters;

    /** Takes the array over: it is wiped with the PIN. */
    public Pin(char[] characters) {
        this.characters = characters;
    }

    /** The characters themselves, not a copy, for the one native call that needs them. */
    public char[] characters() {
        return characters;
    }

    public boolean matches(Pin other) {
        byte[] mine = utf8();
        byte[] theirs = other.utf8();
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /** Whether everybody knows it. */
    public boolean isWellKnown() {
        return WELL_KNOWN.stream().anyMatch(known -> matches(new Pin(known.toCharArray())));
    }

    /** Wipes it. */
    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "Pin[hidden]";
    }

    private byte[] utf8() {
        ByteBuffer encoded = ByteBuffer.allocate(characters.length * MAX_UTF8_BYTES);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }
}
