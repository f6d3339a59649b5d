package dev.slotgate.audit;

import java.io.Serial;

/** The gateway cannot start with its journal as it is. The message is one sentence for the operator. */
public final class JournalUnusable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    JournalUnusable(String sentence) {
        super(sentence);
    }
}
