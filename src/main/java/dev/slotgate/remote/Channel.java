package dev.slotgate.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The two streams of a connection. */
interface Channel extends Closeable {

    InputStream in() throws IOException;

    OutputStream out() throws IOException;

    /** Says whether the rest of a frame is awaited, which comes soon or never, or the next one, which may take its time. */
    default void expectsSoon(boolean soon) throws IOException {}
}
