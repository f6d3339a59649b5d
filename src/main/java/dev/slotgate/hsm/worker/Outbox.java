package dev.slotgate.hsm.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames on a channel that never blocks. Whoever finds nobody writing writes all that is queued, so that a loaded
 * link makes few system calls; others leave their frame and go. When the socket takes no more, the frames wait for the
 * thread that is told of room: a peer that does not read holds up no sender beyond its deadline.
 */
final class Outbox {

    private final WritableByteChannel channel;
    private final Runnable awaitRoom;
    private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteBuffer buffer = DirectBuffers.create();
    private @Nullable Frame unfinished;
    private volatile boolean full;

    /** @param awaitRoom has {@link #roomAgain} called when the channel takes something again */
    Outbox(WritableByteChannel channel, Runnable awaitRoom) {
        this.channel = channel;
        this.awaitRoom = awaitRoom;
    }

    void send(Frame frame) throws IOException {
        frames.add(frame);
        writeUnlessSomebodyDoes();
    }

    void roomAgain() throws IOException {
        writing.lock();
        try {
            full = false;
            write();
        } finally {
            writing.unlock();
        }
        writeUnlessSomebodyDoes();
    }

    /** Withdraws what nobody will write any more. */
    void discard() {
        for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
            frame.withdraw();
        }
    }

    /** Looks again after each turn: a frame that came while the lock was held would be left behind otherwise. */
    private void writeUnlessSomebodyDoes() throws IOException {
        while (!full && !frames.isEmpty() && writing.tryLock()) {
            try {
                write();
            } finally {
                writing.unlock();
            }
        }
    }

    private void write() throws IOException {
        while (!full && filled()) {
            buffer.flip();
            channel.write(buffer);
            boolean more = buffer.hasRemaining();
            DirectBuffers.compact(buffer);
            if (more) {
                full = true;
                awaitRoom.run();
            }
        }
    }

    /** Fills the buffer up; false when there is nothing to write. */
    private boolean filled() {
        while (buffer.hasRemaining()) {
            Frame frame = unfinished != null ? unfinished : frames.poll();
            if (frame == null) {
                break;
            }
            boolean begun = frame == unfinished || frame.begin();
            unfinished = begun && !frame.copyTo(buffer) ? frame : null;
        }
        return buffer.position() > 0;
    }
}
