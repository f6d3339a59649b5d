package dev.slotgate.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/** The lines of the journal in the database, for queries and for comparison; those of other gateways are there, too. */
final class AuditRows implements JournalFollower.Place {

    private static final String INSERT =
            "insert into audit_record (instance, sequence, recorded_at, kind, slot, key_id, with_key_id, "
                    + "subject, action, outcome, line) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcTemplate database;
    private final TransactionOperations transactions;
    private final String instance;

    AuditRows(JdbcTemplate database, TransactionOperations transactions, String instance) {
        this.database = database;
        this.transactions = transactions;
        this.instance = instance;
    }

    @Override
    public long last() {
        Long last = database.queryForObject(
                "select max(sequence) from audit_record where instance = ?", Long.class, instance);
        return last == null ? 0 : last;
    }

    @Override
    public void take(List<JournalLine> lines) {
        transactions.executeWithoutResult(_ -> database.batchUpdate(
                INSERT, lines.stream().map(AuditRows::columns).toList(), new int[] {
                    Types.VARCHAR,
                    Types.BIGINT,
                    Types.TIMESTAMP_WITH_TIMEZONE,
                    Types.VARCHAR,
                    Types.INTEGER,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.VARCHAR
                }));
    }

    private static Object[] columns(JournalLine line) {
        JsonNode content = JournalJson.readOwn(line.bytes());
        return new Object[] {
            line.instance(),
            line.sequence(),
            Instant.parse(content.path("time").asString()).atOffset(ZoneOffset.UTC),
            content.path("kind").asString(),
            content.has("slot") ? content.path("slot").asInt() : null,
            text(content, "key"),
            text(content, "withKey"),
            text(content, "subject"),
            text(content, "action"),
            text(content, "outcome"),
            new String(line.bytes(), StandardCharsets.US_ASCII)
        };
    }

    private static @Nullable String text(JsonNode content, String field) {
        JsonNode value = content.get(field);
        // PostgreSQL has no text with the character 0 in it.
        return value == null || value.isNull() ? null : value.asString().replace('\0', '\ufffd');
    }

    /** For a comparison: what was there when it begins. */
    RecordedLines known() {
        long last = last();
        return new RecordedLines() {
            @Override
            public Map<Long, String> lines(long from, long to) {
                return database
                        .query(
                                "select sequence, line from audit_record where instance = ? and sequence between ? and ?",
                                (row, _) -> Map.entry(row.getLong("sequence"), row.getString("line")),
                                instance,
                                from,
                                to)
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            }

            @Override
            public long last() {
                return last;
            }
        };
    }

    @Override
    public String toString() {
        return "database";
    }
}
