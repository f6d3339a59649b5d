package dev.slotgate.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A request whose body is read once and kept, to be compared with that of an earlier one before it is handled. */
final class RepeatableCall extends HttpServletRequestWrapper {

    private byte @Nullable [] body;

    RepeatableCall(HttpServletRequest request) {
        super(request);
    }

    /** @throws BodyTooLarge when it is longer than that */
    byte[] body(int limit) throws IOException {
        if (body == null) {
            byte[] read = super.getInputStream().readNBytes(limit + 1);
            if (read.length > limit) {
                throw new BodyTooLarge(limit);
            }
            body = read;
        }
        return body;
    }

    /** The body may hold a PIN. */
    void wipe() {
        if (body != null) {
            Arrays.fill(body, (byte) 0);
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : new Kept(new ByteArrayInputStream(body));
    }

    /** The body once more. */
    private static final class Kept extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Kept(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("calls are served without listeners");
        }
    }
}
