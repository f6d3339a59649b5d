package dev.slotgate.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The changes of state that were begun: each is a row before the token is touched, and stays one until its outcome is
 * certain. What a process leaves behind when it dies is settled by the next one of the same instance, or, when there is
 * none for a while, by another instance that shares the database.
 */
public class PendingChanges {

    /** A call that was given up may still be under way in the token; no call takes longer than this. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(60);

    private final JdbcClient database;
    private final InstanceId instance;
    private final InstantSource clock;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> leftOpen = new ConcurrentHashMap<>();

    public PendingChanges(JdbcClient database, InstanceId instance, InstantSource clock) {
        this.database = database;
        this.instance = instance;
        this.clock = clock;
    }

    /** Writes down what is about to be done, in the transaction that is open if one is, and answers the row's id. */
    public String open(String module, String serial, String kind, @Nullable String key) {
        String id = UUID.randomUUID().toString();
        run(id);
        try {
            database.sql("insert into pending_change (id, instance, module, serial, kind, key_id) "
                            + "values (:id, :instance, :module, :serial, :kind, :key)")
                    .param("id", id)
                    .param("instance", instance.text())
                    .param("module", module)
                    .param("serial", serial)
                    .param("kind", kind)
                    .param("key", key)
                    .update();
            return id;
        } catch (RuntimeException e) {
            running.remove(id);
            throw e;
        }
    }

    /** The outcome is certain, and written down wherever it belongs. When this fails the change is to be settled. */
    public void close(String change) {
        try {
            database.sql("delete from pending_change where id = :id")
                    .param("id", change)
                    .update();
        } finally {
            leftOpen.remove(change);
            running.remove(change);
        }
    }

    /** The change has ended here, and nobody knows how: it is to be settled when the token must be done with it. */
    public void leaveOpen(String change) {
        leftOpen.put(change, clock.instant());
        running.remove(change);
    }

    /** Whether a change is being made here at the moment. */
    public boolean isRunning(String change) {
        return running.contains(change);
    }

    /** Whether a change of the key of a token was begun whose outcome is not written down. */
    public boolean isOpen(String serial, String key) {
        return database.sql("select count(*) from pending_change where serial = :serial and key_id = :key")
                        .param("serial", serial)
                        .param("key", key)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The changes of a token that nobody works on any more, oldest first. */
    public List<PendingChange> unsettled(String module, String serial) {
        // Before the rows are read: one that is closed meanwhile is not mistaken for an earlier process's.
        Set<String> ran = Set.copyOf(running);
        return database
                .sql("select id, instance, kind, key_id, "
                        + "created_at < current_timestamp - interval '10' minute as orphaned "
                        + "from pending_change where module = :module and serial = :serial order by created_at, id")
                .param("module", module)
                .param("serial", serial)
                .query((row, _) -> Row.of(row))
                .list()
                .stream()
                .filter(row -> isUnsettled(row, ran))
                .map(Row::change)
                .toList();
    }

    /** Another instance's changes count by their age, as the database's clock tells it: the clocks of hosts differ. */
    private boolean isUnsettled(Row row, Set<String> ran) {
        if (!row.instance.equals(instance.text())) {
            return row.orphaned;
        }
        String id = row.change.id();
        if (ran.contains(id) || running.contains(id)) {
            return false;
        }
        Instant since = leftOpen.get(id);
        return since == null || since.plus(UNDER_WAY).isBefore(clock.instant());
    }

    /** Runs from now on, since the row is seen as soon as it is there; but not when the transaction comes to nothing. */
    private void run(String id) {
        running.add(id);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    if (status != STATUS_COMMITTED) {
                        running.remove(id);
                    }
                }
            });
        }
    }

    private record Row(PendingChange change, String instance, boolean orphaned) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    new PendingChange(row.getString("id"), row.getString("kind"), row.getString("key_id")),
                    row.getString("instance"),
                    row.getBoolean("orphaned"));
        }
    }
}
