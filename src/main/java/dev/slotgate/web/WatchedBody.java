package dev.slotgate.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that is read once, from its beginning to its end, by whoever serves the call; others may watch it pass. */
class WatchedBody extends ServletInputStream {

    private final InputStream body;
    private boolean finished;

    WatchedBody(InputStream body) {
        this.body = body;
    }

    /** Some bytes came. What it throws is what the reader gets in their place. */
    void came(byte[] in, int offset, int length) throws IOException {}

    /** All of it came; once. What it throws is what the reader gets in place of the end. */
    void ended() throws IOException {}

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public final int read(byte[] into, int offset, int length) throws IOException {
        // Some streams answer a question for nothing with their end.
        int got = length == 0 ? 0 : body.read(into, offset, length);
        if (got >= 0) {
            came(into, offset, got);
        } else if (!finished) {
            finished = true;
            ended();
        }
        return got;
    }

    @Override
    public final boolean isFinished() {
        return finished;
    }

    @Override
    public final boolean isReady() {
        return true;
    }

    @Override
    public final void setReadListener(ReadListener listener) {
        throw new IllegalStateException("calls are served without listeners");
    }
}
