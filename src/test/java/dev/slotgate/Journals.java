package dev.slotgate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The audit journals of a data folder, as text. */
final class Journals {

    private Journals() {}

    static String in(Path data) throws IOException {
        var text = new StringBuilder();
        for (Path segment : segments(data)) {
            text.append(Files.readString(segment));
        }
        return text.toString();
    }

    /** Its files, oldest first. */
    static List<Path> segments(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }
}
