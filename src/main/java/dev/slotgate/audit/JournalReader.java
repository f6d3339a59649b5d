package dev.slotgate.audit;

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
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
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
                current = Files.newInputStream(segment);
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
        var line = new ByteArrayOutputStream();
        torn = false;
        while (true) {
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, at, end - at);
            at = end + 1;
            if (end < filled) {
                return line.toByteArray();
            }
            at = 0;
            filled = Math.max(0, from.read(buffer));
            if (filled == 0) {
                torn = line.size() > 0;
                return torn ? line.toByteArray() : null;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
