package dev.slotgate.audit;

import java.util.Map;

/** What another place than the journal's files knows of its lines. */
interface RecordedLines {

    /** For a look at the files alone. */
    RecordedLines NONE = new RecordedLines() {
        @Override
        public Map<Long, String> lines(long from, long to) {
            return Map.of();
        }

        @Override
        public long last() {
            return 0;
        }
    };

    /** The lines from one sequence to another, both included, as far as they are known. */
    Map<Long, String> lines(long from, long to);

    /** The sequence of the last line that is known. */
    long last();
}
