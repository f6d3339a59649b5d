package dev.slotgate.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds records in the database. */
public final class AuditQuery {

    /** A block has up to half a megabyte. */
    private static final int BLOCKS_AT_ONCE = 16;

    /** Times that every database knows. */
    private static final Instant ANY_TIME_FROM = Instant.EPOCH;

    private static final Instant ANY_TIME_TO = Instant.parse("9999-01-01T00:00:00Z");

    // All in the order of the primary key, for the reason that AuditBlocks.LAST has.
    static final String BLOCKS = "select * from audit_block where instance = ? and first_sequence > ? "
            + "and last_at >= ? and first_at < ? order by instance, first_sequence limit " + BLOCKS_AT_ONCE;
    static final String BLOCK_OF = "select * from audit_block where instance = ? and first_sequence <= ? "
            + "order by instance desc, first_sequence desc limit 1";
    static final String NEXT_INSTANCE =
            "select instance from audit_block where instance > ? order by instance, first_sequence limit 1";

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
    public List<Recorded> find(AuditFilter filter, @Nullable RecordId after, int most) {
        var found = new ArrayList<Recorded>();
        Optional<String> instance = after == null ? instanceAfter("") : Optional.of(after.instance());
        long sequence = after == null ? 0 : after.sequence();
        while (instance.isPresent()) {
            addOf(instance.get(), sequence, filter, most, found);
            instance = found.size() < most ? instanceAfter(instance.get()) : Optional.empty();
            sequence = 0;
        }
        return found;
    }

    private void addOf(String instance, long after, AuditFilter filter, int most, List<Recorded> found) {
        Predicate<Recorded> fits = filter.predicate();
        List<AuditBlock> blocks;
        // The line behind it may stand anywhere in a block.
        long from = after - AuditBlock.MOST_LINES;
        do {
            blocks = blocks(instance, from, filter);
            for (AuditBlock block : blocks) {
                block.records()
                        .filter(record -> record.id().sequence() > after)
                        .filter(fits)
                        .limit(most - found.size())
                        .forEach(found::add);
                from = block.first();
            }
        } while (found.size() < most && blocks.size() == BLOCKS_AT_ONCE);
    }

    private List<AuditBlock> blocks(String instance, long after, AuditFilter filter) {
        return database.sql(BLOCKS)
                .params(
                        instance,
                        after,
                        AuditBlocks.atUtc(filter.from() == null ? ANY_TIME_FROM : filter.from()),
                        AuditBlocks.atUtc(filter.to() == null ? ANY_TIME_TO : filter.to()))
                .query(AuditBlocks::read)
                .list();
    }

    private Optional<String> instanceAfter(String instance) {
        return database.sql(NEXT_INSTANCE).param(instance).query(String.class).optional();
    }

    /** The record of an id, as the filter lets it be seen. */
    public Optional<Recorded> find(AuditFilter filter, RecordId id) {
        return database.sql(BLOCK_OF).params(id.instance(), id.sequence()).query(AuditBlocks::read).list().stream()
                .flatMap(AuditBlock::records)
                .filter(record -> record.id().equals(id))
                .filter(filter.predicate())
                .findFirst();
    }
}
