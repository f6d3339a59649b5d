package dev.slotgate.hsm.worker;

import java.io.Serial;

/** The link ended before the answer came. */
final class LinkLost extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean sent;

    LinkLost(String link, boolean sent) {
        super("The link to " + link + " ended " + (sent ? "before the answer came." : "before the call was sent."));
        this.sent = sent;
    }

    /** Whether the request may have reached the other end; false only when nothing of it was given to the socket. */
    boolean sent() {
        return sent;
    }
}
