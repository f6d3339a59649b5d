package dev.slotgate.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The lines of the journal in the database, for queries and for comparison; those of other gateways are there, too. */
final class AuditBlocks implements JournalFollower.Place {

    /** Sorted by all of the primary key, of which the embedded database reads one row then, and else every row of the instance. */
    static final String LAST = "select last_sequence from audit_block where instance = ? "
            + "order by instance desc, first_sequence desc limit 1";

    private static final String INSERT =
            "insert into audit_block (instance, first_sequence, last_sequence, first_at, last_at, lines) "
                    + "values (?, ?, ?, ?, ?, ?)";
    private static final int[] TYPES = {
        Types.VARCHAR,
        Types.BIGINT,
        Types.BIGINT,
        Types.TIMESTAMP_WITH_TIMEZONE,
        Types.TIMESTAMP_WITH_TIMEZONE,
        Types.VARCHAR
    };

    private final JdbcTemplate database;
    private final TransactionOperations transactions;
    private final String instance;

    AuditBlocks(JdbcTemplate database, TransactionOperations transactions, String instance) {
        this.database = database;
        this.transactions = transactions;
        this.instance = instance;
    }

    @Override
    public long last() {
        return database.queryForList(LAST, Long.class, instance).stream()
                .findFirst()
                .orElse(0L);
    }

    @Override
    public void take(List<JournalLine> lines) {
        List<Object[]> rows =
                AuditBlock.of(lines).stream().map(AuditBlocks::columns).toList();
        transactions.executeWithoutResult(_ -> database.batchUpdate(INSERT, rows, TYPES));
    }

    private static Object[] columns(AuditBlock block) {
        return new Object[] {
            block.instance(), block.first(), block.last(), atUtc(block.from()), atUtc(block.to()), block.text()
        };
    }

    static OffsetDateTime atUtc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** Reads a row of {@code select *}. */
    static AuditBlock read(ResultSet row, int number) throws SQLException {
        return new AuditBlock(
                row.getString("instance"),
                row.getLong("first_sequence"),
                row.getLong("last_sequence"),
                row.getObject("first_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant(),
                row.getString("lines"));
    }

    /** For a comparison: what was there when it begins. */
    RecordedLines known() {
        long last = last();
        return new RecordedLines() {
            @Override
            public Map<Long, String> lines(long from, long to) {
                return database
                        .query(
                                "select * from audit_block where instance = ? and first_sequence between ? and ?",
                                AuditBlocks::read,
                                instance,
                                from - AuditBlock.MOST_LINES,
                                to)
                        .stream()
                        .flatMap(AuditBlock::records)
                        .filter(record ->
                                record.id().sequence() >= from && record.id().sequence() <= to)
                        .collect(Collectors.toMap(record -> record.id().sequence(), Recorded::line));
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
