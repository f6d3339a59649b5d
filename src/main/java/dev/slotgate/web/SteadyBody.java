package dev.slotgate.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;

/** A body that may take as long as it likes as long as it keeps coming: its deadline is one by progress. */
final class SteadyBody extends ServletInputStream {

    /** Before that a pace says little. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final long BYTES_PER_SECOND = 64 << 10;

    private final ServletInputStream body;
    private final long start = System.nanoTime();
    private long read;

    SteadyBody(ServletInputStream body) {
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        int next = body.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = body.read(into, offset, length);
        count(Math.max(got, 0));
        return got;
    }

    private void count(int bytes) throws BodyTooSlow {
        read += bytes;
        Duration since = Duration.ofNanos(System.nanoTime() - start);
        if (since.compareTo(GRACE) > 0 && read < since.toMillis() * BYTES_PER_SECOND / 1000) {
            throw new BodyTooSlow("The body came at less than 64 KiB a second.");
        }
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("calls are served without listeners");
    }
}
