package dev.slotgate.hsm.worker;

import java.nio.ByteBuffer;

/**
 * The buffers next to the socket. They are direct, since NIO passes heap arrays through buffers of its own that nobody
 * wipes, and PINs pass here.
 */
final class DirectBuffers {

    private static final int CAPACITY = 64 << 10;
    private static final byte[] ZEROS = new byte[CAPACITY];

    private DirectBuffers() {}

    static ByteBuffer create() {
        return ByteBuffer.allocateDirect(CAPACITY);
    }

    /** Moves what was not consumed to the front, ready to be filled up, and wipes what is behind it. */
    static void compact(ByteBuffer buffer) {
        int end = buffer.limit();
        buffer.compact();
        buffer.put(buffer.position(), ZEROS, 0, end - buffer.position());
    }
}
