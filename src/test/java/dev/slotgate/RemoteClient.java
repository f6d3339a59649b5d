package dev.slotgate;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** Speaks p11-kit's protocol as the test likes: a client that need not keep to it. */
final class RemoteClient implements AutoCloseable {

    private static final String HANDSHAKE = "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1";

    private final SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    private final DataInputStream in;
    private final DataOutputStream out;
    private int code = 0x10;

    /** Connects and begins. */
    RemoteClient(Path data) throws IOException {
        this(data, 0);
    }

    /** @param version of the protocol that it offers */
    RemoteClient(Path data, int version) throws IOException {
        socket.connect(UnixDomainSocketAddress.of(data.toAbsolutePath().resolve("pkcs11.sock")));
        in = new DataInputStream(Channels.newInputStream(socket));
        out = new DataOutputStream(Channels.newOutputStream(socket));
        out.write(version);
        in.readByte();
        call(initialize());
    }

    /** A session of a slot, logged in. */
    long session(int slot, String pin) throws IOException {
        long session = number(call(body(10, "uu").putLong(slot).putLong(6)), 0);
        call(body(18, "uuay")
                .putLong(session)
                .putLong(1)
                .put((byte) 1)
                .putInt(pin.length())
                .put(pin.getBytes(StandardCharsets.UTF_8)));
        return session;
    }

    /** Sends a body and answers that of the answer. @throws IOException when the connection ends */
    byte[] call(ByteBuffer body) throws IOException {
        return call(bytes(body));
    }

    byte[] call(byte[] body) throws IOException {
        begin(body);
        return answer();
    }

    /** Sends a body; its answer may be waited for, or not. */
    void begin(byte[] body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(12 + body.length);
        frame.putInt(code++).putInt(0).putInt(body.length).put(body);
        send(frame.array());
    }

    void send(byte[] frame) throws IOException {
        out.write(frame);
        out.flush();
    }

    byte[] answer() throws IOException {
        in.readInt();
        in.readInt();
        return in.readNBytes(in.readInt());
    }

    /** The return code of an answer: 0 for one that is none. */
    static long returnCode(byte[] answer) {
        ByteBuffer body = ByteBuffer.wrap(answer);
        return body.getInt() == 0 ? body.getLong(9) : 0;
    }

    /** The n-th number of an answer of numbers. */
    static long number(byte[] answer, int n) {
        ByteBuffer body = ByteBuffer.wrap(answer);
        int signature = body.getInt(4);
        return body.getLong(8 + signature + Long.BYTES * n);
    }

    /** The first of the handles that were found; 0 for none. */
    static long found(byte[] answer) {
        ByteBuffer body = ByteBuffer.wrap(answer);
        return body.getInt(11) == 0 ? 0 : body.getLong(15);
    }

    /** Begins a body. */
    static ByteBuffer body(int call, String signature) {
        return body(call, signature, 4096);
    }

    /** @param room for all of it */
    static ByteBuffer body(int call, String signature, int room) {
        return ByteBuffer.allocate(room)
                .putInt(call)
                .putInt(signature.length())
                .put(signature.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] bytes(ByteBuffer body) {
        byte[] bytes = new byte[body.position()];
        body.get(0, bytes);
        return bytes;
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static ByteBuffer initialize() {
        return body(1, "ayyay")
                .put((byte) 1)
                .putInt(HANDSHAKE.length())
                .put(HANDSHAKE.getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0)
                .put((byte) 1)
                .putInt(1)
                .put((byte) 0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
