package dev.slotgate;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The SoftHSM of this machine; a test that needs it is skipped, and says so, where there is none. */
public final class SoftHsm {

    private static final List<String> USUAL_PLACES =
            List.of("/usr/lib/softhsm", "/usr/lib64/softhsm", "/usr/lib64/pkcs11", "/usr/local/lib/softhsm");

    private SoftHsm() {}

    /** The file of the library. */
    public static Path library() {
        try (Stream<Path> multiarch = Files.list(Path.of("/usr/lib"))) {
            return Stream.concat(USUAL_PLACES.stream().map(Path::of), multiarch.map(f -> f.resolve("softhsm")))
                    .map(folder -> folder.resolve("libsofthsm2.so"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseGet(() -> abort("SoftHSM is not installed: apt-get install softhsm2"));
        } catch (IOException e) {
            return abort("SoftHSM cannot be looked for: " + e);
        }
    }
}
