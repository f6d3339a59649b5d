package dev.slotgate;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The openCryptoki of this machine; a test that needs it is skipped, and says so, where there is none. */
public final class OpenCryptoki {

    private static final String FILE = "libopencryptoki.so.0";

    private OpenCryptoki() {}

    /** The file of the library. It works only while the daemon {@code pkcsslotd} runs. */
    public static Path library() {
        try (Stream<Path> multiarch = Files.list(Path.of("/usr/lib"))) {
            return Stream.concat(Stream.of(Path.of("/usr/lib"), Path.of("/usr/lib64")), multiarch)
                    .flatMap(folder -> Stream.of(folder, folder.resolve("opencryptoki")))
                    .map(folder -> folder.resolve(FILE))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseGet(() -> abort("openCryptoki is not installed: apt-get install opencryptoki"));
        } catch (IOException e) {
            return abort("openCryptoki cannot be looked for: " + e);
        }
    }
}
