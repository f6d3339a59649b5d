package dev.slotgate.security;

import java.io.Serial;

/** The gateway cannot start: what is set does not say whose tokens to accept. The message is one sentence for the operator. */
public final class SecurityMisconfigured extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    SecurityMisconfigured(String sentence) {
        super(sentence);
    }
}
