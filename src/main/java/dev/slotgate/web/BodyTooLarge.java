package dev.slotgate.web;

import java.io.IOException;
import java.io.Serial;

/** A body was longer than its endpoint takes. */
final class BodyTooLarge extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    BodyTooLarge(int limit) {
        this("The body of this call has at most " + limit + " bytes.");
    }

    private BodyTooLarge(String message) {
        super(message);
    }

    /** The answers to a batch would be longer than that, in characters. */
    static BodyTooLarge ofAnswers(long limit) {
        return new BodyTooLarge("The answers to a batch have at most " + limit + " bytes together.");
    }
}
