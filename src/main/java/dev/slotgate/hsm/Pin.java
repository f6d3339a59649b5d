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

    private final char[] characters;

    /** Takes the array over: it is wiped with the PIN. */
    public Pin(char[] characters) {
        this.characters = characters;
    }

    /** The characters themselves, not a copy, for the one native call that needs them. */
    public char[] characters() {
        return characters;
    }

    /** Another PIN of the same characters, to be wiped on its own. */
    public Pin copy() {
        return new Pin(characters.clone());
    }

    public boolean matches(Pin other) {
        byte[] mine = bytes();
        byte[] theirs = other.bytes();
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /** Its characters in UTF-8, as tokens count and store them; the caller wipes the array. */
    public byte[] utf8() {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        encoded.clear().put(new byte[encoded.capacity()]);
        return bytes;
    }

    /** The PIN that {@link #utf8} makes bytes of; they are wiped. */
    public static Pin ofUtf8(byte[] bytes) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        char[] characters = new char[decoded.remaining()];
        decoded.get(characters);
        decoded.clear().put(new char[decoded.capacity()]);
        Arrays.fill(bytes, (byte) 0);
        return new Pin(characters);
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

    private byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(characters.length * Character.BYTES);
        bytes.asCharBuffer().put(characters);
        return bytes.array();
    }
}
