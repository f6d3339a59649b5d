package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.io.Serial;

/** No answer came over a link in time: the other end may still be about to do what it was asked. */
final class AnswerLate extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    AnswerLate(String message) {
        super(message);
    }

    /** As the callers of the port know it. */
    HsmException as(HsmFailure failure) {
        var told = new HsmException(failure, String.valueOf(getMessage()));
        told.initCause(this);
        return told;
    }
}
