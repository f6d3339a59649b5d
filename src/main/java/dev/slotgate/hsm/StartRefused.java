package dev.slotgate.hsm;

import java.io.Serial;

/**
 * The gateway cannot start as it is set up. The message is one sentence for the operator: it names the setting or the
 * file, and what to do.
 */
public final class StartRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StartRefused(String sentence) {
        super(sentence);
    }
}
