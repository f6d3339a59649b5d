package dev.slotgate.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lines of one journal that follow each other: a row of the database.
 *
 * @param first the sequence of the first line
 * @param last the sequence of the last line
 * @param from no line is of an earlier time
 * @param to no line is of a later time
 * @param text the lines in ASCII with a line break between them
 */
record AuditBlock(String instance, long first, long last, Instant from, Instant to, String text) {

    /** How many lines a block has at most. */
    static final int MOST_LINES = 1_000;

    /** Less than a row may hold by more than the longest line, and little for a database that reads the row before the one it adds. */
    private static final int ENOUGH = 60_000;

    /** Puts lines that follow each other into as few blocks as they fit in. */
    static List<AuditBlock> of(List<JournalLine> lines) {
        var blocks = new ArrayList<AuditBlock>();
        int begin = 0;
        int size = 0;
        for (int i = 0; i < lines.size(); i++) {
            size += lines.get(i).bytes().length + 1;
            if (size > ENOUGH || i - begin + 1 == MOST_LINES || i == lines.size() - 1) {
                blocks.add(block(lines.subList(begin, i + 1), size));
                begin = i + 1;
                size = 0;
            }
        }
        return blocks;
    }

    private static AuditBlock block(List<JournalLine> lines, int size) {
        JournalLine first = lines.getFirst();
        var text = ByteBuffer.allocate(size);
        String from = first.time();
        String to = from;
        for (JournalLine line : lines) {
            text.put(line.bytes()).put((byte) '\n');
            String time = line.time();
            from = time.compareTo(from) < 0 ? time : from;
            to = time.compareTo(to) > 0 ? time : to;
        }
        return new AuditBlock(
                first.instance(),
                first.sequence(),
                lines.getLast().sequence(),
                instant(from),
                instant(to),
                new String(text.array(), 0, text.position() - 1, StandardCharsets.US_ASCII));
    }

    private static Instant instant(String utc) {
        return Instant.parse(utc + "Z");
    }

    /** The lines with their ids, in order. */
    Stream<Recorded> records() {
        long[] next = {first};
        return text.lines().map(line -> new Recorded(new RecordId(instance, next[0]++), line));
    }
}
