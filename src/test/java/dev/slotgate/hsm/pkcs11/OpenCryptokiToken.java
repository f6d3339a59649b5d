package dev.slotgate.hsm.pkcs11;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.slotgate.OpenCryptoki;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.StartRefused;
import iaik.pkcs.pkcs11.wrapper.PKCS11;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;
import java.nio.file.Path;
import java.util.Arrays;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.Session;

/**
 * openCryptoki's software token. It belongs to the machine and not to the test, so it is made anew only when it is blank or
 * was made by a test before; else the test is skipped, and says so.
 */
final class OpenCryptokiToken {

    static final String LABEL = "slotgate-test";
    /** The token takes 4 to 8 characters, and not the PIN that it is delivered with. */
    static final String USER_PIN = "31415926";

    /** The one that the token is delivered with, and goes back to when it is initialised. */
    static final String SO_PIN = "87654321";

    private static final String MODEL = "IBM SoftTok";

    private OpenCryptokiToken() {}

    /** Makes the token anew, in another process: no keys, nothing locked. Answers the library. */
    static Path renew() throws Exception {
        Path library = OpenCryptoki.library();
        String file = library.toString();
        OtherProcess.call(() -> renew(Path.of(file)));
        return library;
    }

    private static boolean renew(Path library) {
        LoadedModule module = load(library);
        try {
            initialise(ours(module));
        } catch (HsmException e) {
            abort("openCryptoki's software token cannot be made anew (" + e.returnCode() + "): its SO PIN must be "
                    + SO_PIN + " and no program may use it");
        } finally {
            module.finalise();
        }
        return true;
    }

    private static LoadedModule load(Path library) {
        try {
            return TestTokens.load("ock", library);
        } catch (StartRefused e) {
            return abort("openCryptoki does not initialise: as root, start pkcsslotd (" + e.getMessage() + ")");
        }
    }

    private static FoundToken ours(LoadedModule module) {
        return FoundToken.in(module).stream()
                .filter(token -> token.info().getModel().equals(MODEL))
                .filter(token -> !token.present().initialised()
                        || token.info().getLabel().equals(LABEL))
                .findFirst()
                .orElseGet(() -> abort("openCryptoki has no software token that is blank or labelled " + LABEL));
    }

    private static void initialise(FoundToken found) {
        found.module().call(() -> {
            char[] label = Arrays.copyOf(LABEL.toCharArray(), 32);
            Arrays.fill(label, LABEL.length(), label.length, ' ');
            var pkcs11 = found.module().wrapped().getPKCS11Module();
            initialise(pkcs11, found.token().getTokenID(), label);
            Session session = found.token().openSession(true);
            session.login(PKCS11Constants.CKU_SO, SO_PIN.toCharArray());
            session.initPIN(USER_PIN.toCharArray());
            session.closeSession();
            return true;
        });
    }

    /** A test may have left another SO PIN behind; the token does not count the wrong ones that it is initialised with. */
    private static void initialise(PKCS11 pkcs11, long slot, char[] label) throws PKCS11Exception {
        try {
            pkcs11.C_InitToken(slot, SO_PIN.toCharArray(), label, true);
        } catch (PKCS11Exception e) {
            pkcs11.C_InitToken(slot, TokenPinsContract.OTHER_SO_PIN.toCharArray(), label, true);
        }
    }
}
