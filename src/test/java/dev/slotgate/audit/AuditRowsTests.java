package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slotgate.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AuditRowsTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theDatabaseFollowsTheJournalInOrderOverOutagesAndRestarts(TestDatabase kind) throws Exception {
        DataSource database = kind.migrated();
        var journal = new TestJournal(folder, 3_000);
        var away = new AtomicBoolean();
        AuditRows rows = rows(database);
        var place = new JournalFollower.Place() {
            @Override
            public long last() {
                return rows.last();
            }

            @Override
            public void take(List<JournalLine> lines) {
                if (away.get()) {
                    throw new IllegalStateException("the database is away");
                }
                rows.take(lines);
            }
        };
        for (int round = 0; round < 4; round++) {
            try (var follower = new JournalFollower(journal.home(), journal.journal(), place)) {
                follower.start();
                for (int i = 0; i < 30; i++) {
                    journal.call("request-" + round + "-" + i);
                    away.set(i % 10 == 5);
                }
                if (round == 3) {
                    away.set(false);
                    await().atMost(SOON).until(() -> follower.lag() == 0);
                }
            }
        }

        List<String> lines = journal.lines();
        Map<Long, String> stored = rows.known().lines(1, lines.size());
        assertThat(stored).hasSize(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertThat(stored.get(i + 1L)).isEqualTo(lines.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsAreFoundByWhatTheySay(TestDatabase kind) {
        DataSource database = kind.migrated();
        var journal = new TestJournal(folder);
        for (int i = 0; i < 5; i++) {
            AuditTrail trail = TestJournal.trail("request-" + i);
            trail.slot(String.valueOf(i % 2));
            trail.key("key-" + i);
            journal.journal().record(trail.finish(i == 4 ? 404 : 200));
        }
        AuditRows rows = rows(database);
        rows.take(journal.lines().stream()
                .map(line -> JournalLine.read(line.getBytes(StandardCharsets.US_ASCII))
                        .orElseThrow())
                .toList());
        var query = new AuditQuery(JdbcClient.create(database));

        assertThat(query.find(filter(null, null, null), null, 10)).hasSize(5);
        assertThat(query.find(filter(Set.of(1), null, null), null, 10)).hasSize(2);
        assertThat(query.find(filter(Set.of(), null, null), null, 10)).isEmpty();
        assertThat(query.find(filter(null, "key-3", null), null, 10)).hasSize(1);
        assertThat(query.find(filter(null, null, AuditRecord.Outcome.REFUSED), null, 10))
                .hasSize(1);
        List<Recorded> first = query.find(filter(null, null, null), null, 2);
        assertThat(query.find(filter(null, null, null), first.getLast().id(), 10))
                .hasSize(3);
        assertThat(query.find(filter(Set.of(0), null, null), first.getLast().id()))
                .isEmpty();
        assertThat(query.find(filter(Set.of(1), null, null), first.getLast().id()))
                .map(Recorded::line)
                .hasValue(journal.lines().get(2));
    }

    private static AuditRows rows(DataSource database) {
        return new AuditRows(
                new JdbcTemplate(database),
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                TestJournal.INSTANCE);
    }

    private static AuditQuery.Filter filter(
            @Nullable Set<Integer> visible, @Nullable String key, AuditRecord.@Nullable Outcome outcome) {
        return new AuditQuery.Filter(
                EnumSet.of(AuditRecord.Kind.CALL),
                visible,
                Instant.now().minusSeconds(60),
                Instant.now().plusSeconds(60),
                null,
                key,
                "me",
                "crypto.sign",
                outcome);
    }
}
