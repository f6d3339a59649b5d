package dev.slotgate.trace;

import java.io.Serial;

/** The gateway cannot start: what is set does not say where traces go. The message is one sentence for the operator. */
public final class TracesMisconfigured extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TracesMisconfigured(String sentence) {
        super(sentence);
    }
}
