package dev.slotgate.audit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares the lines of a journal with what is known of them elsewhere, many at a time. */
final class LineComparison {

    private static final int AT_ONCE = 1_000;

    private final RecordedLines known;
    private final SortedMap<Long, String> lines = new TreeMap<>();
    private Chain.@Nullable Break difference;

    LineComparison(RecordedLines known) {
        this.known = known;
    }

    void add(long sequence, byte[] line) {
        lines.put(sequence, new String(line, StandardCharsets.US_ASCII));
        if (lines.size() >= AT_ONCE) {
            compare();
        }
    }

    Optional<Chain.Break> firstDifference() {
        compare();
        return Optional.ofNullable(difference);
    }

    long last() {
        return known.last();
    }

    private void compare() {
        if (lines.isEmpty() || difference != null) {
            return;
        }
        Map<Long, String> recorded = known.lines(lines.firstKey(), lines.lastKey());
        for (Map.Entry<Long, String> line : lines.entrySet()) {
            String other = recorded.get(line.getKey());
            if (other != null && !other.equals(line.getValue())) {
                difference = new Chain.Break(line.getKey(), true, "it is not what the database has");
                break;
            }
        }
        lines.clear();
    }
}
