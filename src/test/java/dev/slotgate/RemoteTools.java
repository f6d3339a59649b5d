package dev.slotgate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Stock PKCS#11 applications whose token is the gateway, by way of p11-kit's own client library. */
final class RemoteTools {

    private static final String LIBRARY = "p11-kit-client.so";

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * @param folder where the commands run
     * @param address of the gateway, as p11-kit writes it
     */
    RemoteTools(Path folder, String address) {
        this.folder = folder;
        environment.put("P11_KIT_SERVER_ADDRESS", address);
        environment.put("LC_ALL", "C");
        environment.put("MODULE", client().toString());
    }

    /** Those that connect to the socket in the data folder. */
    static RemoteTools onSocket(Path folder, Path data) {
        return new RemoteTools(folder, "unix:path=" + data.toAbsolutePath().resolve("pkcs11.sock"));
    }

    /** p11-kit's client library. */
    static Path client() {
        for (String place : new String[] {"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64"}) {
            Path library = Path.of(place, "pkcs11", LIBRARY);
            if (Files.exists(library)) {
                return library;
            }
        }
        assumeTrue(false, LIBRARY + " is not installed: apt-get install p11-kit-modules");
        throw new IllegalStateException();
    }

    /** Runs pkcs11-tool on a slot and answers what it printed. @throws AssertionError when it fails */
    String pkcs11(int slot, String arguments) throws Exception {
        return shell("pkcs11-tool --module $MODULE --slot %d %s 2>&1".formatted(slot, arguments));
    }

    /** Runs a command of the shell; $MODULE is the client library. */
    String shell(String command) throws Exception {
        return LaunchedGateway.shell(folder, environment, command);
    }

    static void require(String command, String debianPackage) throws Exception {
        boolean there =
                new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
        requireThat(there, debianPackage);
    }

    static void requireThat(boolean there, String debianPackage) {
        assumeTrue(there, debianPackage + " is not installed: apt-get install " + debianPackage);
    }
}
