package dev.slotgate;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A disk that does not take the journal, for a gateway that is started with {@link #environment}; skips the test where nothing compiles it. */
final class TroubledDisk {

    private static final String PATIENCE_AS_SHIPPED = "1500ms";

    private final Path folder;

    private TroubledDisk(Path folder) {
        this.folder = folder;
    }

    static TroubledDisk build(Path folder) throws Exception {
        Files.createDirectories(folder);
        var disk = new TroubledDisk(folder);
        try {
            Process compiler = new ProcessBuilder(
                            "cc",
                            "-O1",
                            "-shared",
                            "-fPIC",
                            "-o",
                            disk.library().toString(),
                            "src/test/c/disk/disk.c",
                            "-ldl")
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (compiler.waitFor() != 0) {
                throw new IllegalStateException("the disk does not compile: " + printed);
            }
        } catch (IOException e) {
            abort("there is no C compiler: apt-get install gcc libc6-dev");
        }
        return disk;
    }

    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library().toString(),
                "DISK_TROUBLE",
                folder.toString(),
                "SLOTGATE_AUDIT_PATIENCE",
                PATIENCE_AS_SHIPPED);
    }

    /** @param kind full, readonly or stuck */
    void begin(String kind) throws IOException {
        Files.createFile(folder.resolve(kind));
    }

    void end(String kind) throws IOException {
        Files.delete(folder.resolve(kind));
    }

    private Path library() {
        return folder.resolve("libdisk.so");
    }
}
