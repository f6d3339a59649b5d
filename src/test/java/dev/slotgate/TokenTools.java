package dev.slotgate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The tools of other people, on a token of a trial's data folder. */
final class TokenTools {

    static final String PIN = "98765432";

    private final Path data;
    private final Path folder;
    private final String label;

    /** @param folder where the commands run */
    TokenTools(Path data, Path folder, String label) {
        assumeTrue(isInstalled("pkcs11-tool"), "pkcs11-tool is not installed: apt-get install opensc");
        assumeTrue(isInstalled("openssl"), "openssl is not installed: apt-get install openssl");
        this.data = data;
        this.folder = folder;
        this.label = label;
    }

    /** Runs pkcs11-tool, logged in, and answers what it printed. */
    String pkcs11(String arguments) throws Exception {
        return shell("pkcs11-tool --module %s --token-label %s --login --pin %s %s 2>&1"
                .formatted(SoftHsm.library(), label, PIN, arguments));
    }

    /** Runs a command of the shell in the folder. */
    String shell(String command) throws Exception {
        return LaunchedGateway.shell(
                folder, Map.of("SOFTHSM2_CONF", data.resolve("softhsm2.conf").toString(), "LC_ALL", "C"), command);
    }

    private static boolean isInstalled(String command) {
        try {
            return new ProcessBuilder("sh", "-c", "command -v " + command)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
