package dev.slotgate.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the journal: which it is, the hash of the line before, and what it records.
 *
 * @param previous SHA-256 of the line before, without its line break, in hex; zeros before the first
 * @param bytes the line without its line break
 */
@SuppressWarnings("ArrayRecordComponent")
record JournalLine(String instance, long sequence, String previous, byte[] bytes) {

    /** What the first line has in place of a hash. */
    static final String NOTHING_BEFORE = "0".repeat(64);

    private static final Pattern BEGINNING = Pattern.compile(
            "\\{\"instance\":\"([0-9a-f]{1,32})\",\"sequence\":([1-9][0-9]{0,17}),\"previous\":\"([0-9a-f]{64})\",\"kind\":");

    /** Longer than every beginning. */
    private static final int BEGINNING_BYTES = 250;

    private static final byte[] TIME = "\"time\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_TIME = "Z\"".getBytes(StandardCharsets.US_ASCII);

    /** @param content a JSON object that begins with the kind */
    static JournalLine of(String instance, long sequence, String previous, byte[] content) {
        byte[] beginning = ("{\"instance\":\"" + instance + "\",\"sequence\":" + sequence + ",\"previous\":\""
                        + previous + "\",")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] line = Arrays.copyOf(beginning, beginning.length + content.length - 1);
        System.arraycopy(content, 1, line, beginning.length, content.length - 1);
        return new JournalLine(instance, sequence, previous, line);
    }

    /** Reads how a line begins; empty when that is not how one does. */
    static Optional<JournalLine> read(byte[] bytes) {
        Matcher beginning = BEGINNING.matcher(beginning(bytes));
        return beginning.lookingAt()
                ? Optional.of(new JournalLine(
                        beginning.group(1), Long.parseLong(beginning.group(2)), beginning.group(3), bytes))
                : Optional.empty();
    }

    /** When what it records began, which follows the kind: in UTC (ISO 8601), without the Z at the end, so that later is greater. */
    String time() {
        int start = indexOf(TIME, 0) + TIME.length;
        int end = indexOf(END_OF_TIME, start);
        return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
    }

    /** Of what is there for sure. */
    private int indexOf(byte[] part, int from) {
        int at = from;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    private static String beginning(byte[] line) {
        return new String(line, 0, Math.min(line.length, BEGINNING_BYTES), StandardCharsets.ISO_8859_1);
    }

    /** SHA-256 of the line in hex: what the next one has as {@link #previous}. */
    String hash() {
        return hash(new Sha256());
    }

    String hash(Sha256 sha256) {
        return HexFormat.of().formatHex(sha256.next(bytes));
    }
}
