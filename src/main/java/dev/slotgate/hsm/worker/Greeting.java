package dev.slotgate.hsm.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** What both ends say first: that they speak this protocol, and which version of it. */
final class Greeting {

    private static final int MAGIC = 0x534c4f54;
    private static final int LENGTH = 2 * Integer.BYTES;

    private Greeting() {}

    /**
     * Greets and waits for the other's greeting.
     *
     * @param selector selects the channel for reading
     * @throws WireException when none comes in time, or not the expected one
     */
    static void exchange(SocketChannel channel, Selector selector, int version, Duration patience) throws IOException {
        channel.write(ByteBuffer.allocate(LENGTH).putInt(MAGIC).putInt(version).flip());
        ByteBuffer other = received(channel, selector, System.nanoTime() + patience.toNanos());
        if (other.getInt() != MAGIC) {
            throw new WireException("expected the greeting of a Slotgate process");
        }
        int otherVersion = other.getInt();
        if (otherVersion != version) {
            throw new WireException(
                    "expected version " + version + " of the protocol, the other end has version " + otherVersion);
        }
    }

    private static ByteBuffer received(SocketChannel channel, Selector selector, long deadline) throws IOException {
        ByteBuffer greeting = ByteBuffer.allocate(LENGTH);
        while (greeting.hasRemaining()) {
            int read = channel.read(greeting);
            if (read < 0) {
                throw new WireException("expected a greeting before the end");
            }
            if (read == 0) {
                awaitMore(selector, deadline);
            }
        }
        return greeting.flip();
    }

    private static void awaitMore(Selector selector, long deadline) throws IOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0 || Thread.currentThread().isInterrupted()) {
            throw new WireException("expected a greeting in time");
        }
        selector.select(left);
        selector.selectedKeys().clear();
    }
}
