package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** Another program that uses a token, while the adapter does not run: a process can initialise a module only once. */
final class AnotherProgram {

    private AnotherProgram() {}

    /** The codes of the token's mechanisms. */
    static Set<Long> mechanisms(Path library, String label) throws Exception {
        return use(
                library,
                label,
                token -> Arrays.stream(mechanismList(token)).boxed().collect(Collectors.toSet()));
    }

    /** Logs the user in and out, which sets the token's count of wrong tries back. */
    static void logIn(Path library, String label, String pin) throws Exception {
        use(library, label, token -> {
            Session session = token.openSession(true);
            session.login(CKU_USER, pin.toCharArray());
            session.closeSession();
            return true;
        });
    }

    /**
     * Does work in a session that is logged in, while workers use the token in processes of their own.
     *
     * @throws HsmException when the token fails it
     */
    static synchronized <T> T work(Path library, String label, String pin, SessionWork<T> work) {
        try {
            return use(library, label, token -> {
                Session session = token.openSession(true);
                session.login(CKU_USER, pin.toCharArray());
                return work.with(session);
            });
        } catch (Exception e) {
            throw ReturnCodes.translate(e);
        }
    }

    private static <T> T use(Path library, String label, Use<T> use) throws Exception {
        WrapperLog.install();
        PKCS11Module module = PKCS11Module.getInstance(library.toString());
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

    private interface Use<T> {
        T of(Token token) throws TokenException;
    }
}
