package dev.slotgate.state;

import java.io.Serial;

/** The gateway cannot start with what it finds in its files; the message is one sentence for the operator. */
public final class StateUnusable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    StateUnusable(String sentence) {
        super(sentence);
    }
}
