package dev.slotgate.audit;

import java.io.Serial;

/** The journal cannot be written, or was not in time: nothing is begun, and nothing is answered, without its record. */
public final class JournalUnavailable extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    JournalUnavailable() {
        super("The audit journal cannot be written at the moment.");
    }
}
