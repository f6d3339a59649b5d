package dev.slotgate.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds records in the database. */
public final class AuditQuery {

    private static final int MOST_SLOTS_IN_ONE_TEXT = 4_000;

    private final JdbcClient database;

    AuditQuery(JdbcClient database) {
        this.database = database;
    }

    /**
     * Records that fit the filter, by their ids, as JSON.
     *
     * @param after begins behind this one
     * @param most how many at most
     */
    public List<Recorded> find(Filter filter, @Nullable RecordId after, int most) {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<@Nullable Object>();
        filter.addTo(conditions, values);
        if (after != null) {
            conditions.add("(instance > ? or (instance = ? and sequence > ?))");
            values.addAll(List.of(after.instance(), after.instance(), after.sequence()));
        }
        return database.sql("select instance, sequence, line from audit_record where "
                        + String.join(" and ", conditions)
                        + " order by instance, sequence limit " + most)
                .params(values)
                .query((row, _) -> new Recorded(
                        new RecordId(row.getString("instance"), row.getLong("sequence")), row.getString("line")))
                .list();
    }

    /** The record of an id, as the filter lets it be seen. */
    public Optional<Recorded> find(Filter filter, RecordId id) {
        return find(filter, new RecordId(id.instance(), id.sequence() - 1), 1).stream()
                .filter(found -> found.id().equals(id))
                .findFirst();
    }

    /**
     * Which records are wanted; what is null does not matter.
     *
     * @param kinds the kinds of records
     * @param visible the slots whose records may be seen; null for all, those without a slot too
     */
    public record Filter(
            Collection<AuditRecord.Kind> kinds,
            @Nullable Collection<Integer> visible,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Integer slot,
            @Nullable String key,
            @Nullable String subject,
            @Nullable String action,
            AuditRecord.@Nullable Outcome outcome) {

        private void addTo(List<String> conditions, List<@Nullable Object> values) {
            conditions.add("kind in ("
                    + quoted(kinds.stream().map(AuditRecord.Kind::word).toList()) + ")");
            if (visible != null) {
                conditions.add(
                        visible.isEmpty()
                                ? "1 = 0"
                                : "slot in ("
                                        + String.join(
                                                ",",
                                                visible.stream()
                                                        .limit(MOST_SLOTS_IN_ONE_TEXT)
                                                        .map(String::valueOf)
                                                        .toList())
                                        + ")");
            }
            add("recorded_at >= ?", from == null ? null : from.atOffset(ZoneOffset.UTC), conditions, values);
            add("recorded_at < ?", to == null ? null : to.atOffset(ZoneOffset.UTC), conditions, values);
            add("slot = ?", slot, conditions, values);
            if (key != null) {
                conditions.add("(key_id = ? or with_key_id = ?)");
                values.addAll(List.of(key, key));
            }
            add("subject = ?", subject, conditions, values);
            add("action = ?", action, conditions, values);
            add("outcome = ?", outcome == null ? null : outcome.word(), conditions, values);
        }

        private static void add(
                String condition, @Nullable Object value, List<String> conditions, List<@Nullable Object> values) {
            if (value != null) {
                conditions.add(condition);
                values.add(value);
            }
        }

        /** Words of ours, never a caller's. */
        private static String quoted(List<String> words) {
            return "'" + String.join("','", words) + "'";
        }
    }
}
