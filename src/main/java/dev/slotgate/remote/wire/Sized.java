package dev.slotgate.remote.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array for a client's buffer: what is in it, or its length alone where the buffer has no room for it.
 *
 * @param content byte[] or a list of numbers; absent for the length alone
 * @param done whether what was asked for is done, and not only its length found out
 */
public record Sized(@Nullable Object content, int length, boolean done) {

    public Sized(@Nullable Object content, int length) {
        this(content, length, content != null);
    }

    /** The room of a buffer that is there and has the length 0, as newer clients say it. */
    private static final long EMPTY_BUFFER = 0xffffffffL;

    /** Bytes for a buffer with this room; 0 when the client asks for the length. */
    public static Sized of(byte[] bytes, long room) {
        return new Sized(fits(bytes.length, room) ? bytes : null, bytes.length);
    }

    public static Sized of(List<Long> numbers, long room) {
        return new Sized(fits(numbers.size(), room) ? numbers : null, numbers.size());
    }

    /** What was made, and is too long for the buffer: it is kept for the next try. */
    public static Sized kept(int length) {
        return new Sized(null, length, true);
    }

    /** Whatever the room is: nobody asks for the length of nothing. */
    public static Sized nothing() {
        return new Sized(new byte[0], 0);
    }

    public static boolean fits(int length, long room) {
        if (room == EMPTY_BUFFER) {
            return length == 0;
        }
        return room != 0 && length <= room;
    }
}
