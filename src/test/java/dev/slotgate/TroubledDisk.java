package dev.slotgate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A disk that does not take the journal, for a gateway that is started with {@link #environment}. */
final class TroubledDisk {

    private static final String PATIENCE_AS_SHIPPED = "1500ms";

    private final Path folder;

    private TroubledDisk(Path folder) {
        this.folder = folder;
    }

    static TroubledDisk build(Path folder) throws Exception {
        Files.createDirectories(folder);
        var disk = new TroubledDisk(folder);
        CCompiler.library(disk.library(), List.of(Path.of("src/test/c/disk/disk.c")));
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
