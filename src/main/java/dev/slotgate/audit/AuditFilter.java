package dev.slotgate.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which records are wanted; what is null does not matter.
 *
 * @param kinds the kinds of records
 * @param visible the slots whose records may be seen; null for all, those without a slot too
 */
public record AuditFilter(
        Collection<AuditRecord.Kind> kinds,
        @Nullable Collection<Integer> visible,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Integer slot,
        @Nullable String key,
        @Nullable String subject,
        @Nullable String action,
        AuditRecord.@Nullable Outcome outcome) {

    /** Says of each record whether it is wanted. */
    Predicate<Recorded> predicate() {
        List<String> texts = Stream.of(key, subject, action)
                .filter(Objects::nonNull)
                .map(AuditFilter::json)
                .toList();
        // Most lines are not wanted: only those that may be are read.
        return record -> texts.stream().allMatch(record.line()::contains)
                && fits(JournalJson.readOwn(record.line().getBytes(StandardCharsets.US_ASCII)));
    }

    private static String json(String text) {
        return new String(JournalJson.write(text), StandardCharsets.US_ASCII);
    }

    private boolean fits(JsonNode record) {
        Integer recordedSlot = record.has("slot") ? record.path("slot").asInt() : null;
        return kinds.stream().anyMatch(kind -> is(record, "kind", kind.word()))
                && (visible == null || (recordedSlot != null && visible.contains(recordedSlot)))
                && (slot == null || slot.equals(recordedSlot))
                && isWithin(Instant.parse(record.path("time").asString()))
                && (key == null || is(record, "key", key) || is(record, "withKey", key))
                && (subject == null || is(record, "subject", subject))
                && (action == null || is(record, "action", action))
                && (outcome == null || is(record, "outcome", outcome.word()));
    }

    private boolean isWithin(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    private static boolean is(JsonNode record, String field, String value) {
        return record.path(field).asString("").equals(value);
    }
}
