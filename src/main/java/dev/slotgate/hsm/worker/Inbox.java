package dev.slotgate.hsm.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cuts what comes in on a channel into frames; used by one thread. */
final class Inbox {

    private static final Frame.Kind[] KINDS = Frame.Kind.values();

    private final ReadableByteChannel channel;
    private final Consumer<Arrived> receiver;
    private final ByteBuffer buffer = DirectBuffers.create();
    private @Nullable Arrived unfinished;
    private int filled;

    Inbox(ReadableByteChannel channel, Consumer<Arrived> receiver) {
        this.channel = channel;
        this.receiver = receiver;
    }

    /**
     * Reads once, and gives on the frames that are whole; false at the end of the stream.
     *
     * @throws WireException when something came that is no frame
     */
    boolean read() throws IOException {
        if (channel.read(buffer) < 0) {
            return false;
        }
        buffer.flip();
        for (Arrived frame = next(); frame != null; frame = next()) {
            receiver.accept(frame);
        }
        DirectBuffers.compact(buffer);
        return true;
    }

    private @Nullable Arrived next() {
        if (unfinished == null && buffer.remaining() >= Integer.BYTES + Frame.MIN) {
            unfinished = begun();
            filled = 0;
        }
        Arrived frame = unfinished;
        if (frame == null) {
            return null;
        }
        byte[] content = frame.content();
        int part = Math.min(content.length - filled, buffer.remaining());
        buffer.get(content, filled, part);
        filled += part;
        if (filled < content.length) {
            return null;
        }
        unfinished = null;
        return frame;
    }

    private Arrived begun() {
        int length = buffer.getInt();
        if (length < Frame.MIN || length > Frame.MAX) {
            throw new WireException("expected a message of " + Frame.MIN + " to " + Frame.MAX + " bytes");
        }
        int kind = buffer.get() & 0xff;
        if (kind >= KINDS.length) {
            throw new WireException("expected one of the " + KINDS.length + " kinds of messages");
        }
        return new Arrived(KINDS[kind], buffer.getInt(), new byte[length - Frame.MIN]);
    }
}
