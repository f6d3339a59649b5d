package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.util.Set;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * Tells input that cannot be opened from a token in trouble: some tokens answer the same code for both. One that answers
 * what is asked of it next is not in trouble.
 */
final class ContentErrors {

    private static final Set<Long> CONTENT_OR_TROUBLE =
            Set.of(CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED, CKR_ARGUMENTS_BAD);

    /** What is told of other input in other words. */
    private static final Set<Long> OF_CONTENT = Set.of(CKR_DATA_INVALID, CKR_DATA_LEN_RANGE);

    private ContentErrors() {}

    /** @throws HsmException {@code wrong}, whatever of the content it was */
    static <T> T judged(Session session, HsmException wrong, Opening<T> opening) throws TokenException {
        try {
            return opening.open();
        } catch (PKCS11Exception e) {
            if (CONTENT_OR_TROUBLE.contains(e.getErrorCode())) {
                session.getSessionInfo();
                throw wrong;
            }
            if (OF_CONTENT.contains(e.getErrorCode())
                    || ReturnCodes.failureOf(e.getErrorCode()) == HsmFailure.DECRYPTION_FAILED) {
                throw wrong;
            }
            throw e;
        }
    }

    /** What opens the content. */
    interface Opening<T> {

        T open() throws TokenException;
    }
}
