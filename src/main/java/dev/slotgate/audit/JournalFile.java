package dev.slotgate.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of the journal, where lines are added: all of a group are on the disk when {@link #append} returns, and none counts
 * when it fails. Used by one thread.
 */
final class JournalFile implements AutoCloseable {

    private final JournalHome home;
    private final long segmentBytes;
    private final long torn;
    private Path segment;
    private long end;
    private @Nullable FileChannel channel;
    private volatile Tip tip;
    private volatile LongConsumer whenFlushed = _ -> {};
    private final List<FreshLines> fresh = new CopyOnWriteArrayList<>();
    private final Sha256 sha256 = new Sha256();

    /** @param segmentBytes how long a file gets before the next one is begun */
    private JournalFile(JournalHome home, long segmentBytes, LastLine last) {
        this.home = home;
        this.segmentBytes = segmentBytes;
        this.segment = last.segment();
        this.end = last.end();
        this.torn = last.torn();
        this.tip = last.tip();
    }

    /** Goes on where an earlier process left off. @throws JournalUnusable */
    static JournalFile open(JournalHome home, long segmentBytes) {
        try {
            Files.createDirectories(
                    home.folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            List<Path> segments = Segments.in(home.folder());
            LastLine last = segments.isEmpty()
                    ? new LastLine(Segments.beginningWith(home.folder(), 1), 0, 0, Tip.NONE)
                    : LastLine.of(segments);
            refuseCutOff(home.folder(), last.tip());
            return new JournalFile(home, segmentBytes, last);
        } catch (IOException e) {
            throw new JournalUnusable("The journal's folder " + home.folder() + " cannot be made or read.");
        }
    }

    /** To go on would hide it: the next checkpoint would vouch for what is left. */
    private static void refuseCutOff(Path folder, Tip last) throws IOException {
        if (CheckpointCopy.through(folder) > last.sequence()) {
            throw new JournalUnusable(
                    "The journal " + folder + " ends before its last checkpoint, so records were cut off: "
                            + "verify it, then move its folder and the file instance-id away to begin another.");
        }
    }

    /** How many bytes of a line a crash left behind; they are cut off. */
    long torn() {
        return torn;
    }

    Tip tip() {
        return tip;
    }

    /** @param nanos is told after each flush how many it took */
    void whenFlushed(LongConsumer nanos) {
        whenFlushed = nanos;
    }

    /** What is written from now on, for one that follows. */
    FreshLines follow() {
        var lines = new FreshLines();
        fresh.add(lines);
        return lines;
    }

    /** Adds a line for each of the contents. @throws IOException when not all of them are certainly on the disk */
    void append(List<byte[]> contents) throws IOException {
        var lines = new ArrayList<JournalLine>(contents.size());
        int size = 0;
        Tip next = tip;
        for (byte[] content : contents) {
            JournalLine line = JournalLine.of(home.instance(), next.sequence() + 1, next.hash(), content);
            lines.add(line);
            size += line.bytes().length + 1;
            next = new Tip(line.sequence(), line.hash(sha256));
        }
        // Of its size from the beginning: one that grows is copied again and again.
        ByteBuffer bytes = ByteBuffer.allocate(size);
        lines.forEach(line -> bytes.put(line.bytes()).put((byte) '\n'));
        if (end >= segmentBytes) {
            // What a crash left behind the last line is cut off here, too.
            opened();
            close();
            segment = Segments.beginningWith(home.folder(), tip.sequence() + 1);
            end = 0;
        }
        try {
            write(opened(), bytes.flip());
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        // Before the end and the tip tell of them: if this failed, the same lines would be written to the same place
        // again.
        fresh.forEach(follower -> follower.add(lines));
        end += size;
        tip = next;
    }

    private void write(FileChannel file, ByteBuffer bytes) throws IOException {
        long at = end;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
        long start = System.nanoTime();
        file.force(false);
        whenFlushed.accept(System.nanoTime() - start);
    }

    /** What follows the last line that counts is cut off: a crash or a failure left it. */
    private FileChannel opened() throws IOException {
        FileChannel known = channel;
        if (known != null) {
            return known;
        }
        FileChannel opened = FileChannel.open(
                segment,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        channel = opened;
        opened.truncate(end);
        if (end == 0) {
            forceFolder();
        }
        return opened;
    }

    /** The file is found again after a crash only when its name is on the disk, too. */
    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(home.folder(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public void close() {
        FileChannel closing = channel;
        channel = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException e) {
            // What counts is on the disk.
        }
    }
}
