package dev.slotgate.remote.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;

/**
 * What a request or an answer travels in.
 *
 * @param code tells which answer is to which request; never 0
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Frame(int code, byte[] body) {

    /** A message of 1 MiB, which is what calls take, and what belongs to it. */
    public static final int MAX_BODY = 2 << 20;

    private static final int MAX_OPTIONS = 4096;
    private static final int HEADER = 12;

    /**
     * Waits for the next one. What a client says of itself beside it is not looked at.
     *
     * @param first the first byte, which was waited for
     * @param room is told how long the body is before any of it is read
     */
    public static Frame read(int first, InputStream in, IntConsumer room) throws IOException {
        byte[] rest = in.readNBytes(HEADER - 1);
        if (rest.length < HEADER - 1) {
            throw new EOFException();
        }
        ByteBuffer header =
                ByteBuffer.allocate(HEADER).put((byte) first).put(rest).flip();
        int code = header.getInt();
        int options = header.getInt();
        int length = header.getInt();
        if (code == 0 || options < 0 || options > MAX_OPTIONS || length < 0 || length > MAX_BODY) {
            throw new MalformedFrame("a header that no frame has");
        }
        in.skipNBytes(options);
        room.accept(length);
        // Room is made as bytes come: a header alone costs nothing.
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new Frame(code, body);
    }

    public void write(OutputStream out) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + body.length);
        frame.putInt(code).putInt(0).putInt(body.length).put(body);
        out.write(frame.array());
        out.flush();
    }
}
