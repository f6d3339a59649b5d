package dev.slotgate.hsm.worker;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A message on its way out: an int for the length of what follows, a byte for the kind, an int for the call, the content.
 * It is either begun by the one who writes or withdrawn by the one who sent it, and wiped after either.
 */
final class Frame {

    /** The most that may follow the length. */
    static final int MAX = 16 << 20;

    /** What follows the length at least: kind and call. */
    static final int MIN = 1 + Integer.BYTES;

    enum Kind {
        /** The content is a byte for the operation, and the request. */
        REQUEST,
        ANSWER,
        FAILURE
    }

    private enum State {
        QUEUED,
        BEGUN,
        WITHDRAWN
    }

    private final WireWriter bytes = new WireWriter();
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private int written;

    private Frame() {}

    static <Q> Frame request(int call, Operation<Q, ?> operation, Q request) {
        Frame frame = begun(Kind.REQUEST, call);
        frame.bytes.putByte(operation.code());
        operation.request().write(request, frame.bytes);
        return frame.finished();
    }

    static <A> Frame answer(int call, Codec<A> codec, A answer) {
        Frame frame = begun(Kind.ANSWER, call);
        codec.write(answer, frame.bytes);
        return frame.finished();
    }

    static Frame failure(int call, Failure failure) {
        Frame frame = begun(Kind.FAILURE, call);
        Failure.CODEC.write(failure, frame.bytes);
        return frame.finished();
    }

    /** Claims it for writing; false when it was withdrawn. */
    boolean begin() {
        return state.compareAndSet(State.QUEUED, State.BEGUN);
    }

    /** Copies as much of what is left as there is room for; true when that was all, and the frame is wiped. */
    boolean copyTo(ByteBuffer buffer) {
        written += bytes.copy(written, buffer);
        if (written < bytes.size()) {
            return false;
        }
        bytes.wipe();
        written = 0;
        return true;
    }

    /** Takes it back unless it was begun; true when nothing of it is ever written. */
    boolean withdraw() {
        if (state.compareAndSet(State.QUEUED, State.WITHDRAWN)) {
            bytes.wipe();
        }
        return state.get() == State.WITHDRAWN;
    }

    @SuppressWarnings("EnumOrdinal") // Both ends are of one build.
    private static Frame begun(Kind kind, int call) {
        Frame frame = new Frame();
        frame.bytes.putInt(0);
        frame.bytes.putByte(kind.ordinal());
        frame.bytes.putInt(call);
        return frame;
    }

    private Frame finished() {
        int length = bytes.size() - Integer.BYTES;
        if (length > MAX) {
            bytes.wipe();
            throw new WireException("expected a message of at most " + MAX + " bytes, not " + length);
        }
        bytes.setInt(0, length);
        return this;
    }
}
