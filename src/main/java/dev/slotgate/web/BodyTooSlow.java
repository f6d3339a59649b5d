package dev.slotgate.web;

import java.io.IOException;
import java.io.Serial;

/** A body does not arrive at the pace that a stream must have. */
final class BodyTooSlow extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    BodyTooSlow(String message) {
        super(message);
    }
}
