package dev.slotgate.remote.wire;

import java.io.IOException;
import java.io.Serial;

/** What came is not of the protocol. The message is for the log: it holds nothing of what came. */
public final class MalformedFrame extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    public MalformedFrame(String message) {
        super(message);
    }
}
