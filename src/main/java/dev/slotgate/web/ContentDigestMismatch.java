package dev.slotgate.web;

import java.io.IOException;
import java.io.Serial;

/** A body is not what its {@code Content-Digest} says, or the header says nothing that can be checked. */
final class ContentDigestMismatch extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    ContentDigestMismatch(String message) {
        super(message);
    }
}
