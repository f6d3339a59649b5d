package dev.slotgate.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Ends the wait for bodies that come too slowly: the container's own timeout begins anew with every byte. Streams of any length
 * ({@code application/octet-stream}) have to keep a pace instead.
 */
class BodyDeadlineValve extends ValveBase {

    /** What nobody reads of a body is thrown away for a while, so that its sender hears the answer. */
    private static final Duration LEFTOVER = Duration.ofSeconds(5);

    private static final long LONGEST_LEFTOVER = 2 << 20;

    private final Duration limit;

    /** @param limit for a body, from the time when its headers were there */
    BodyDeadlineValve(Duration limit) {
        super(true);
        this.limit = limit;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request connection = request.getCoyoteRequest();
        InputBuffer unlimited = connection.getInputBuffer();
        // A request that the container refuses already has no body.
        if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
                && !SteadyBody.isStream(request.getContentType())) {
            connection.setInputBuffer(new Limited(unlimited, limit));
        }
        try {
            getNext().invoke(request, response);
        } finally {
            connection.setInputBuffer(unlimited);
        }
        if (request.getContext() != null && !request.isFinished()) {
            response.finishResponse();
            if (!isThrownAway(new Limited(unlimited, LEFTOVER))) {
                connection.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }

    /** Whether the rest of the body came in time. */
    private static boolean isThrownAway(InputBuffer body) {
        long length = 0;
        try {
            var nowhere = new Nowhere();
            for (int read = 0; read >= 0 && length <= LONGEST_LEFTOVER; read = body.doRead(nowhere)) {
                length += read;
            }
            return length <= LONGEST_LEFTOVER;
        } catch (IOException e) {
            return false;
        }
    }

    /** A body with a deadline. */
    private static final class Limited implements InputBuffer {

        private final InputBuffer body;
        private final long end;

        Limited(InputBuffer body, Duration limit) {
            this.body = body;
            this.end = System.nanoTime() + limit.toNanos();
        }

        @Override
        public int doRead(ApplicationBufferHandler into) throws IOException {
            if (System.nanoTime() - end > 0) {
                throw new SocketTimeoutException("The body did not come in time.");
            }
            return body.doRead(into);
        }

        @Override
        public int available() {
            return body.available();
        }
    }

    /** Takes bytes and forgets them. */
    private static final class Nowhere implements ApplicationBufferHandler {

        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer bytes) {
            buffer = bytes;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {}
    }
}
