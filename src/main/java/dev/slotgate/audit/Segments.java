package dev.slotgate.audit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The files of a journal: each is called by the sequence of its first line, so that they sort by it. */
final class Segments {

    private static final String SUFFIX = ".jsonl";
    private static final int DIGITS = 18;

    private Segments() {}

    static Path beginningWith(Path folder, long sequence) {
        return folder.resolve(String.format(Locale.ROOT, "%0" + DIGITS + "d", sequence) + SUFFIX);
    }

    /** All of them, oldest first. */
    static List<Path> in(Path folder) throws IOException {
        var segments = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*" + SUFFIX)) {
            files.forEach(segments::add);
        }
        Collections.sort(segments);
        return segments;
    }

    /** The sequence that the first line of a segment should have; 0 when its name says none. */
    static long first(Path segment) {
        String name = segment.getFileName().toString();
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
