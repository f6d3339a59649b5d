package dev.slotgate.remote;

import java.io.Serial;

/** A call is answered with a return code, since it is not as PKCS#11 wants it, or asks for what there is not. */
final class CallRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ReturnCode code;

    CallRefused(ReturnCode code) {
        super(code.text());
        this.code = code;
    }

    ReturnCode code() {
        return code;
    }
}
