package dev.slotgate;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The openCryptoki of this machine; a test that needs it is skipped, and says so, where there is none. Its tokens belong to
 * the machine and not to a folder of the test, so one test process has it at a time, to its end.
 */
public final class OpenCryptoki {

    private static final String FILE = "libopencryptoki.so.0";

    private static @Nullable FileLock held;

    private OpenCryptoki() {}

    /** The file of the library. It works only while the daemon {@code pkcsslotd} runs. */
    public static synchronized Path library() {
        Path library = installed();
        if (held == null) {
            held = lock();
        }
        return library;
    }

    private static Path installed() {
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

    private static FileLock lock() {
        try {
            return FileChannel.open(Path.of("target", "opencryptoki.lock"), CREATE, WRITE)
                    .lock();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
