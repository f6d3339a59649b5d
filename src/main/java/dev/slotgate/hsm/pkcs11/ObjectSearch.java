package dev.slotgate.hsm.pkcs11;

import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** Searches for the objects of a token that fit a template (PKCS#11 2.40 section 5.7). */
final class ObjectSearch {

    private ObjectSearch() {}

    /** Their handles, for immediate use. */
    static long[] handles(Session session, AttributeVector template) throws TokenException {
        return PassingTrouble.outlast(
                PassingTrouble.OF_A_LOOK, () -> session.findAllObjectsSingle(template), () -> end(session));
    }

    /** SoftHSM leaves a search open that it fails, and would refuse the next one. */
    private static void end(Session session) {
        try {
            session.findObjectsFinal();
        } catch (TokenException _) {
            // There was none to end.
        }
    }
}
