package dev.slotgate.remote;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A place where clients connect. */
interface Listener {

    /** Begins to listen; empty when it is switched off. */
    Optional<ServerSocketChannel> open() throws IOException;

    /** Finds out who it is, and serves the client until it goes; on a thread of its own. */
    void serve(SocketChannel client, Connections connections) throws IOException;

    /** Nobody connects here any more. */
    default void closed() throws IOException {}
}
