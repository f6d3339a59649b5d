package dev.slotgate.web;

import java.io.IOException;
import java.io.Serial;

/** A body was longer than its endpoint takes. */
final class BodyTooLarge extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    BodyTooLarge(int limit) {
        super("The body of this call has at most " + limit + " bytes.");
    }
}
