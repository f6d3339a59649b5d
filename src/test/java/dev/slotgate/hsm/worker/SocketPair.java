package dev.slotgate.hsm.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The two ends of a connection. */
record SocketPair(SocketChannel here, SocketChannel there) implements AutoCloseable {

    static SocketPair in(Path directory) throws IOException {
        var address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            return new SocketPair(SocketChannel.open(address), server.accept());
        }
    }

    @Override
    public void close() throws IOException {
        here.close();
        there.close();
    }
}
