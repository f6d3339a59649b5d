package dev.slotgate.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * Makes text of the header {@code Authorization}, the longest that a call brings, in one copy. Tomcat decodes it by way of an array
 * of chars, which is twice as long as the text and a twentieth of all that a signature allocates.
 */
class AuthorizationValve extends ValveBase {

    AuthorizationValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        MessageBytes header = request.getCoyoteRequest().getMimeHeaders().getValue("Authorization");
        if (header != null && header.getType() == MessageBytes.T_BYTES) {
            ByteChunk sent = header.getByteChunk();
            header.setString(
                    new String(sent.getBuffer(), sent.getStart(), sent.getLength(), StandardCharsets.ISO_8859_1));
        }
        getNext().invoke(request, response);
    }
}
