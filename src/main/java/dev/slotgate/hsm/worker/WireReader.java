package dev.slotgate.hsm.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Takes values out of an array, in the order in which {@link WireWriter} put them; every length is checked first. */
final class WireReader {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int position;

    WireReader(byte[] bytes, int start) {
        this.bytes = bytes;
        this.position = start;
    }

    WireReader(byte[] bytes) {
        this(bytes, 0);
    }

    int takeByte() {
        return bytes[advance(1, "a byte")] & 0xff;
    }

    boolean takeBoolean() {
        int value = takeByte();
        if (value > 1) {
            throw new WireException("expected 0 or 1 for a boolean");
        }
        return value == 1;
    }

    int takeInt() {
        return (int) INT.get(bytes, advance(Integer.BYTES, "an int"));
    }

    long takeLong() {
        return (long) LONG.get(bytes, advance(Long.BYTES, "a long"));
    }

    byte[] takeBytes() {
        int length = takeLength("bytes", 1);
        int start = advance(length, "bytes");
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    char[] takeChars() {
        char[] characters = new char[takeLength("characters", Character.BYTES)];
        int at = advance(characters.length * Character.BYTES, "characters");
        for (int i = 0; i < characters.length; i++, at += Character.BYTES) {
            characters[i] = (char) ((bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff));
        }
        return characters;
    }

    String takeString() {
        int length = takeLength("bytes of text", 1);
        int start = advance(length, "a text");
        for (int i = start; i < position; i++) {
            if (bytes[i] < 0) {
                return utf8(start, length);
            }
        }
        return new String(bytes, start, length, ISO_8859_1);
    }

    /** The number of the things that follow, each at least as long as given: so many must fit into what is left. */
    int takeLength(String of, int eachAtLeast) {
        int length = takeInt();
        if (length < 0 || length > (bytes.length - position) / eachAtLeast) {
            throw new WireException("expected no more " + of + " than there is room for");
        }
        return length;
    }

    /** Takes the last value: nothing may follow it. */
    <T extends @Nullable Object> T last(Codec<T> codec) {
        T value = codec.read(this);
        if (position != bytes.length) {
            throw new WireException("expected nothing after the last value");
        }
        return value;
    }

    private String utf8(int start, int length) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WireException("expected a text in UTF-8");
        }
    }

    private int advance(int length, String what) {
        int start = position;
        if (length > bytes.length - start) {
            throw new WireException("expected " + what + " before the end");
        }
        position = start + length;
        return start;
    }
}
