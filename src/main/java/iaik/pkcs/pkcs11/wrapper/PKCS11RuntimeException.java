package iaik.pkcs.pkcs11.wrapper;

import java.io.Serial;

/**
 * What the native part of the PKCS#11 wrapper throws for a parameter that it does not know and for a call after a
 * disconnect. The wrapper's jar lacks the class, and its native part then aborts the process.
 */
public class PKCS11RuntimeException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public PKCS11RuntimeException(String message) {
        super(message);
    }
}
