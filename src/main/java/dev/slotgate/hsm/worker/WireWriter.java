package dev.slotgate.hsm.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Puts values into a growing array, numbers in big-endian order. Arrays that were outgrown are wiped. */
final class WireWriter {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIRST_CAPACITY = 128;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    void putByte(int value) {
        int at = room(1);
        bytes[at] = (byte) value;
    }

    void putBoolean(boolean value) {
        putByte(value ? 1 : 0);
    }

    void putInt(int value) {
        int at = room(Integer.BYTES);
        INT.set(bytes, at, value);
    }

    void putLong(long value) {
        int at = room(Long.BYTES);
        LONG.set(bytes, at, value);
    }

    void putBytes(byte[] value) {
        putInt(value.length);
        int at = room(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
    }

    /** UTF-16, so that no encoder keeps a copy of a PIN. */
    void putChars(char[] value) {
        putInt(value.length);
        for (char character : value) {
            int at = room(Character.BYTES);
            bytes[at] = (byte) (character >> 8);
            bytes[at + 1] = (byte) character;
        }
    }

    void putString(String value) {
        int length = value.length();
        putInt(length);
        int start = room(length);
        for (int i = 0; i < length; i++) {
            char character = value.charAt(i);
            if (character >= 0x80) {
                size = start - Integer.BYTES;
                putBytes(utf8(value));
                return;
            }
            bytes[start + i] = (byte) character;
        }
    }

    int size() {
        return size;
    }

    /** Writes over an int that was put before. */
    void setInt(int position, int value) {
        INT.set(bytes, position, value);
    }

    /** Copies what was written from a position on, as far as there is room, and answers how much that was. */
    int copy(int from, ByteBuffer to) {
        int length = Math.min(size - from, to.remaining());
        to.put(bytes, from, length);
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void wipe() {
        Arrays.fill(bytes, 0, size, (byte) 0);
        size = 0;
    }

    private static byte[] utf8(String value) {
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new WireException("expected a text without half surrogate pairs");
        }
    }

    /** Makes room and answers where it is. */
    private int room(int length) {
        int start = size;
        int end = Math.addExact(start, length);
        if (end > bytes.length) {
            byte[] outgrown = bytes;
            bytes = Arrays.copyOf(outgrown, Math.max(end, (int) Math.min(2L * outgrown.length, Integer.MAX_VALUE - 8)));
            Arrays.fill(outgrown, 0, start, (byte) 0);
        }
        size = end;
        return start;
    }
}
