package dev.slotgate.audit;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Where an earlier process left off.
 *
 * @param segment the last file; it ends where the last whole line does, or with what a crash left of one
 * @param end where the last whole line ends in it
 * @param torn how many bytes follow that
 */
record LastLine(Path segment, long end, long torn, Tip tip) {

    /** Longer than every line. */
    private static final long LONGEST = 1 << 20;

    /**
     * Looks for it.
     *
     * @param segments at least one, oldest first
     * @throws JournalUnusable when what should be it is no line
     */
    static LastLine of(List<Path> segments) throws IOException {
        LastLine last = in(segments.getLast());
        if (last.end > 0 || segments.size() == 1) {
            return last;
        }
        Tip before = in(segments.get(segments.size() - 2)).tip;
        return new LastLine(last.segment, 0, last.torn, before);
    }

    private static LastLine in(Path segment) throws IOException {
        byte[] tail = tail(segment);
        long size = segment.toFile().length();
        int end = lineBreakBefore(tail, tail.length) + 1;
        if (end == 0 && size > tail.length) {
            throw new JournalUnusable("The journal " + segment + " ends in what is no line of the gateway's: "
                    + "verify the journal, then move its folder and the file instance-id away to begin another.");
        }
        if (end == 0) {
            return new LastLine(segment, 0, size, Tip.NONE);
        }
        int start = lineBreakBefore(tail, end - 1) + 1;
        JournalLine line = JournalLine.read(Arrays.copyOfRange(tail, start, end - 1))
                .orElseThrow(
                        () -> new JournalUnusable(
                                "The last line of the journal " + segment
                                        + " is none of the gateway's: verify the journal, then move its folder and the file instance-id away to begin another."));
        long torn = (long) tail.length - end;
        return new LastLine(segment, size - torn, torn, new Tip(line.sequence(), line.hash()));
    }

    private static byte[] tail(Path segment) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.READ)) {
            long length = Math.min(file.size(), 2 * LONGEST);
            return Channels.newInputStream(file.position(file.size() - length)).readAllBytes();
        }
    }

    private static int lineBreakBefore(byte[] bytes, int end) {
        int at = end - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }
}
