package dev.slotgate.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a journal one after the other, over all its files. */
final class JournalReader implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Deque<Path> segments;
    private @Nullable InputStream current;
    private boolean torn;

    /** @param from begins with the file that holds the line of this sequence, which may not be its first */
    JournalReader(Path folder, long from) throws IOException {
        List<Path> all = Segments.in(folder);
        segments = new ArrayDeque<>(all);
        while (segments.size() > 1 && Segments.first(all.get(all.size() - segments.size() + 1)) <= from) {
            segments.removeFirst();
        }
    }

    /** The next line without its line break; null at the end. */
    byte @Nullable [] next() throws IOException {
        while (true) {
            if (current == null) {
                Path segment = segments.pollFirst();
                if (segment == null) {
                    return null;
                }
                current = new BufferedInputStream(Files.newInputStream(segment), BUFFER);
            }
            byte[] line = line(current);
            if (line != null) {
                return line;
            }
            current.close();
            current = null;
        }
    }

    /** Whether the line that was read last had no line break: something cut it off. */
    boolean wasTorn() {
        return torn;
    }

    private byte @Nullable [] line(InputStream from) throws IOException {
        var line = new ByteArrayOutputStream(BUFFER >> 6);
        int next = from.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = from.read();
        }
        torn = next < 0;
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
