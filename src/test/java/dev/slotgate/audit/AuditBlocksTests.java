package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slotgate.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AuditBlocksTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theDatabaseFollowsTheJournalInOrderOverOutagesAndRestarts(TestDatabase kind) throws Exception {
        DataSource database = kind.migrated();
        var journal = new TestJournal(folder, 3_000);
        var away = new AtomicBoolean();
        AuditBlocks blocks = blocks(database);
        var place = new JournalFollower.Place() {
            @Override
            public long last() {
                return blocks.last();
            }

            @Override
            public void take(List<JournalLine> lines) {
                if (away.get()) {
                    throw new IllegalStateException("the database is away");
                }
                blocks.take(lines);
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
        Map<Long, String> stored = blocks.known().lines(1, lines.size());
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
        AuditBlocks blocks = blocks(database);
        blocks.take(journal.lines().stream()
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

    /** Of three gateways, in blocks of one line up to more than are asked for at once. */
    @ParameterizedTest
    @EnumSource
    void pagesOfAnySizeHaveEveryRecordOnceInOrder(TestDatabase kind) {
        DataSource database = kind.migrated();
        var all = new ArrayList<Recorded>();
        for (String instance : List.of("a", "b", "c")) {
            for (int first = 1, size = 1; first < 200; first += size, size = size % 13 + 1) {
                List<JournalLine> block = lines(instance, first, size);
                blocks(database, instance).take(block);
                block.forEach(line -> all.add(new Recorded(
                        new RecordId(instance, line.sequence()), new String(line.bytes(), StandardCharsets.US_ASCII))));
            }
        }
        var query = new AuditQuery(JdbcClient.create(database));
        List<Recorded> wanted = all.stream()
                .filter(record -> record.line().contains("\"key\":\"key-1\""))
                .toList();
        AuditFilter filter =
                new AuditFilter(EnumSet.of(AuditRecord.Kind.CALL), null, null, null, null, "key-1", null, null, null);

        for (int size : new int[] {1, 7, 50, 1_000}) {
            var pages = new ArrayList<Recorded>();
            List<Recorded> page = query.find(filter, null, size);
            while (!page.isEmpty()) {
                assertThat(page.size()).isLessThanOrEqualTo(size);
                pages.addAll(page);
                page = query.find(filter, page.getLast().id(), size);
            }
            assertThat(pages).isEqualTo(wanted);
        }
        Recorded other = all.get(100);
        assertThat(query.find(filter, wanted.get(9).id())).hasValue(wanted.get(9));
        assertThat(query.find(filter, other.id())).isEmpty();
    }

    static List<Arguments> queries() {
        var time = OffsetDateTime.parse("2026-01-31T12:00:00Z");
        return List.of(
                Arguments.of(AuditBlocks.LAST, List.of("a")),
                Arguments.of(AuditQuery.BLOCKS, List.of("a", 1, time, time)),
                Arguments.of(AuditQuery.BLOCK_OF, List.of("a", 1)),
                Arguments.of(AuditQuery.NEXT_INSTANCE, List.of("a")));
    }

    /** Or it reads the whole audit log of an instance for each of them, which takes seconds for a million records. */
    @ParameterizedTest
    @MethodSource("queries")
    void theEmbeddedDatabaseReadsInTheOrderOfItsKey(String query, List<Object> parameters) {
        String plan = JdbcClient.create(TestDatabase.H2.migrated())
                .sql("explain " + query)
                .params(parameters)
                .query(String.class)
                .single();

        assertThat(plan).contains("/* index sorted */");
    }

    private static List<JournalLine> lines(String instance, int first, int size) {
        return IntStream.range(first, first + size)
                .mapToObj(sequence -> JournalLine.of(
                        instance,
                        sequence,
                        JournalLine.NOTHING_BEFORE,
                        "{\"kind\":\"call\",\"time\":\"2026-01-31T12:%02d:00Z\",\"key\":\"key-%d\"}"
                                .formatted(sequence % 60, sequence % 3)
                                .getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }

    private static AuditBlocks blocks(DataSource database) {
        return blocks(database, TestJournal.INSTANCE);
    }

    private static AuditBlocks blocks(DataSource database, String instance) {
        return new AuditBlocks(
                new JdbcTemplate(database),
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                instance);
    }

    private static AuditFilter filter(
            @Nullable Set<Integer> visible, @Nullable String key, AuditRecord.@Nullable Outcome outcome) {
        return new AuditFilter(
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
