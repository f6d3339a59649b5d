package dev.slotgate.auditor;

import dev.slotgate.audit.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /audit/verify}.
 *
 * @param from looks at records of this time (RFC 3339) and later
 * @param to looks at records of earlier times
 */
record VerificationRequest(@Nullable String from, @Nullable String to) {

    static final VerificationRequest OF_ALL = new VerificationRequest(null, null);

    Verdict.Period period() {
        return new Verdict.Period(RecordFilter.time("from", from), RecordFilter.time("to", to));
    }
}
