package dev.slotgate.hsm.worker;

import java.io.Serial;

/** Bytes or values that the wire does not know. The message says what was expected, never what came: that may be a PIN. */
final class WireException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    WireException(String expected) {
        super(expected);
    }
}
