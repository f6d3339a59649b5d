package dev.slotgate.web;

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
        return body == null ? super.getInputStream() : new WatchedBody(new ByteArrayInputStream(body));
    }
}
