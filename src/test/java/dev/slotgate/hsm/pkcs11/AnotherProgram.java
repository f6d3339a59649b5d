package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * Another program that uses a token. It has a process of its own: a process can initialise a module only once, and
 * openCryptoki, finalised for the second time, closes a file descriptor that has become somebody else's.
 */
final class AnotherProgram {

    private AnotherProgram() {}

    /** The codes of the token's mechanisms. */
    static Set<Long> mechanisms(Path library, String label) throws Exception {
        String file = library.toString();
        return OtherProcess.call(() -> use(
                file,
                label,
                token -> Arrays.stream(mechanismList(token)).boxed().collect(Collectors.toSet())));
    }

    /** Logs the user in and out, which sets the token's count of wrong tries back. */
    static void logIn(Path library, String label, String pin) {
        work(library, label, pin, _ -> true);
    }

    /**
     * Does work in a session that is logged in.
     *
     * @throws HsmException when the token fails it
     */
    static <T> T work(Path library, String label, String pin, Errand<T> errand) {
        String file = library.toString();
        try {
            return OtherProcess.call(() -> loggedIn(file, label, pin, errand));
        } catch (Exception e) {
            throw ReturnCodes.translate(e);
        }
    }

    /** As that, but in this process, for a load that cannot wait for another: while workers use SoftHSM in theirs. */
    static synchronized <T> T workHere(Path library, String label, String pin, SessionWork<T> work) {
        try {
            return loggedIn(library.toString(), label, pin, work);
        } catch (Exception e) {
            throw ReturnCodes.translate(e);
        }
    }

    private static <T> T loggedIn(String library, String label, String pin, SessionWork<T> work) throws Exception {
        return use(library, label, token -> {
            Session session = token.openSession(true);
            session.login(CKU_USER, pin.toCharArray());
            T done = work.with(session);
            session.closeSession();
            return done;
        });
    }

    private static <T> T use(String library, String label, Use<T> use) throws Exception {
        WrapperLog.install();
        PKCS11Module module = PKCS11Module.getInstance(library);
        module.initialize();
        try {
            for (Slot slot : module.getSlotList(true)) {
                if (slot.getToken().getTokenInfo().getLabel().equals(label)) {
                    return use.of(slot.getToken());
                }
            }
            throw new AssertionError("there is no token " + label);
        } finally {
            module.finalize(null);
        }
    }

    /** The wrapper's own list is empty when the token fails. */
    private static long[] mechanismList(Token token) throws TokenException {
        try {
            return token.getSlot().getModule().getPKCS11Module().C_GetMechanismList(token.getTokenID());
        } catch (iaik.pkcs.pkcs11.wrapper.PKCS11Exception e) {
            throw new TokenException(e);
        }
    }

    /** Work that can be sent to a process. */
    interface Errand<T> extends SessionWork<T>, Serializable {}

    private interface Use<T> {
        T of(Token token) throws TokenException;
    }
}
