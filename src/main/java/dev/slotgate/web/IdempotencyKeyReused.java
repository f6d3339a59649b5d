package dev.slotgate.web;

import java.io.Serial;

/** An {@code Idempotency-Key} came again with another body. */
final class IdempotencyKeyReused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    IdempotencyKeyReused() {
        super("The Idempotency-Key was used for a call with another body in the last 24 hours.");
    }
}
