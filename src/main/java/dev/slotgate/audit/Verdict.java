package dev.slotgate.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a journal showed.
 *
 * @param records how many lines were read and are good
 * @param signedThrough the sequence of the last line that a checkpoint vouches for; 0 for none
 * @param firstBad the sequence of the first line that is not as it was written, or is not there; null when all are good
 * @param reason why it is bad
 */
public record Verdict(
        String instance,
        long records,
        long signedThrough,
        @Nullable Long firstBad,
        @Nullable String reason) {

    /** The id of the first bad record. */
    public @Nullable String firstBadId() {
        return firstBad == null ? null : new RecordId(instance, firstBad).toString();
    }

    /** A stretch of time; an end that is not there is open. */
    public record Period(@Nullable Instant from, @Nullable Instant to) {

        static final Period ALL = new Period(null, null);

        boolean holds(Instant time) {
            return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
        }
    }
}
