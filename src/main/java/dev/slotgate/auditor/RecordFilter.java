package dev.slotgate.auditor;

import dev.slotgate.audit.AuditFilter;
import dev.slotgate.audit.AuditRecord;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Names;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.security.SlotAccess;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records a caller wants, as it stands in the query.
 *
 * @param kind {@code call} when it is not there: how calls ended, and the sums of refused strangers
 */
record RecordFilter(
        @Nullable String from,
        @Nullable String to,
        @Nullable Integer slot,
        @Nullable String key,
        @Nullable String subject,
        @Nullable String action,
        @Nullable String outcome,
        @Nullable String kind) {

    /** Of RFC 3339, whose years have four digits. */
    private static final int LAST_YEAR = 9999;

    private static final Names<AuditRecord.Kind> KINDS = Names.of(AuditRecord.Kind.values(), AuditRecord.Kind::word);
    private static final Names<AuditRecord.Outcome> OUTCOMES =
            Names.of(AuditRecord.Outcome.values(), AuditRecord.Outcome::word);
    private static final Set<AuditRecord.Kind> OF_CALLS = EnumSet.of(AuditRecord.Kind.CALL, AuditRecord.Kind.REFUSALS);

    static final RecordFilter EVERYTHING = new RecordFilter(null, null, null, null, null, null, null, "all");

    /** @throws HsmException INVALID_FIELD */
    AuditFilter checked(SlotAccess slots) {
        return new AuditFilter(
                kinds(),
                slots.all() ? null : slots.ids(),
                time("from", from),
                time("to", to),
                slot,
                key,
                subject,
                action,
                outcome == null ? null : OUTCOMES.read("outcome", outcome));
    }

    private Collection<AuditRecord.Kind> kinds() {
        if (kind == null) {
            return OF_CALLS;
        }
        return kind.equals("all") ? EnumSet.allOf(AuditRecord.Kind.class) : List.of(KINDS.read("kind", kind));
    }

    /** Reads a time. @throws HsmException INVALID_FIELD when it is none of RFC 3339 */
    static @Nullable Instant time(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw HsmException.invalidField(
                field, "a time of RFC 3339, for example 2026-01-31T12:00:00Z", Quoted.text(text));
    }
}
