package dev.slotgate;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A client that sends what no well-behaved one would, as slowly as it likes. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Everything that comes until the other side closes the connection. */
    String answer() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads one answer with a Content-Length and leaves the connection open. */
    String oneAnswer() throws IOException {
        InputStream in = socket.getInputStream();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        int at = head.toString().toLowerCase(Locale.ROOT).indexOf("content-length: ");
        int length = at < 0
                ? 0
                : Integer.parseInt(
                        head.substring(at + 16, head.indexOf("\r\n", at)).strip());
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Sends a character now and then until the other side has had enough; answers after how long that was. */
    Duration trickle(String endless) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            while (System.nanoTime() - begun < Duration.ofMinutes(2).toNanos()) {
                send(endless);
                Thread.sleep(200);
            }
        } catch (IOException e) {
            // Cut off.
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
