package dev.slotgate.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/** The copy of the last checkpoint that lies beside the journal: it tells how long the journal is at least. */
final class CheckpointCopy {

    private CheckpointCopy() {}

    static Path in(Path folder) {
        return folder.resolve("checkpoint");
    }

    static void keep(Path folder, Checkpoint checkpoint) throws IOException {
        WholeFile.write(in(folder), JournalJson.write(checkpoint));
    }

    /** The sequence of the last line that it vouches for; 0 where there is none, or what a crash left of one. */
    static long through(Path folder) throws IOException {
        Path copy = in(folder);
        try {
            return Files.exists(copy)
                    ? JournalJson.read(Files.readAllBytes(copy)).path("through").asLong(0)
                    : 0;
        } catch (JacksonException e) {
            return 0;
        }
    }
}
