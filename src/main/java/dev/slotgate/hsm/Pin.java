package dev.slotgate.hsm;

import java.nio.ByteBuffer;
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
