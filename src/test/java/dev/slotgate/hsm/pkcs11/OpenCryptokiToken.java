package dev.slotgate.hsm.pkcs11;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.slotgate.OpenCryptoki;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
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

    /** The one that the token is delivered with. */
    static final String SO_PIN = "87654321";

    private static final String MODEL = "IBM SoftTok";
    private static final Path FILES = Path.of("/var/lib/opencryptoki/swtok");
    private static final Path SHARED = Path.of("/dev/shm/var.lib.opencryptoki.swtok");
    private static final Set<HsmFailure> SO_PIN_WAS_CHANGED = Set.of(HsmFailure.PIN_INCORRECT, HsmFailure.PIN_LOCKED);

    private OpenCryptokiToken() {}

    /** Makes the token anew, in another process: no keys, nothing locked. Answers the library. */
    static Path renew() throws Exception {
        return renew(USER_PIN);
    }

    /** As that, with another user PIN. */
    static Path renew(String userPin) throws Exception {
        Path library = OpenCryptoki.library();
        String file = library.toString();
        if (!OtherProcess.call(() -> renew(Path.of(file), userPin))) {
            OtherProcess.call(() -> renew(Path.of(file), userPin));
        }
        return library;
    }

    /** False when it has to be done once more: a process that has seen the token does not see it made anew. */
    private static boolean renew(Path library, String userPin) {
        LoadedModule module = load(library);
        try {
            initialise(ours(module), userPin);
        } catch (HsmException e) {
            if (SO_PIN_WAS_CHANGED.contains(e.failure()) && forget()) {
                return false;
            }
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

    private static void initialise(FoundToken found, String userPin) {
        found.module().call(() -> {
            char[] label = Arrays.copyOf(LABEL.toCharArray(), 32);
            Arrays.fill(label, LABEL.length(), label.length, ' ');
            var pkcs11 = found.module().wrapped().getPKCS11Module();
            pkcs11.C_InitToken(found.token().getTokenID(), SO_PIN.toCharArray(), label, true);
            Session session = found.token().openSession(true);
            session.login(PKCS11Constants.CKU_SO, SO_PIN.toCharArray());
            session.initPIN(userPin.toCharArray());
            session.closeSession();
            return true;
        });
    }

    /** A token whose SO PIN a test has changed never goes back to the one that it was delivered with, but with its files. */
    private static boolean forget() {
        try (Stream<Path> files = Files.walk(FILES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
            return Files.deleteIfExists(SHARED);
        } catch (IOException e) {
            return false;
        }
    }
}
