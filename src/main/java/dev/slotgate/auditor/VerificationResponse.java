package dev.slotgate.auditor;

import dev.slotgate.audit.RecordId;
import dev.slotgate.audit.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Whether a journal is as it was written.
 *
 * @param instance the gateway that keeps it
 * @param records how many good records were looked at
 * @param signedThrough the number of the last record that a checkpoint vouches for; what follows it was compared with the database
 * @param firstBad the id of the first record that is not as it was written, or is missing
 * @param reason why it is bad
 */
record VerificationResponse(
        String instance,
        boolean valid,
        long records,
        long signedThrough,
        @Nullable String firstBad,
        @Nullable String reason) {

    static VerificationResponse of(String instance, Verdict verdict) {
        return new VerificationResponse(
                instance,
                verdict.firstBad() == null,
                verdict.records(),
                verdict.signedThrough(),
                verdict.firstBad() == null ? null : new RecordId(instance, verdict.firstBad()).toString(),
                verdict.reason());
    }
}
