package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalMetricsTests {

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void theDiskIsTimedAndRecordsAreCounted() {
        var journal = new TestJournal(folder);
        bind(journal);
        journal.call("request-1");
        journal.call("request-2");

        assertThat(registry.get("slotgate.journal.records").functionCounter().count())
                .isEqualTo(3);
        assertThat(registry.get("slotgate.journal.flush").timer().count()).isEqualTo(2);
        assertThat(registry.get("slotgate.journal.flush").timer().totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(gauge("slotgate.journal.open")).isEqualTo(1);
        assertThat(gauge("slotgate.journal.overdue")).isZero();
        assertThat(gauge("slotgate.journal.waiting")).isZero();
        assertThat(gauge("slotgate.checkpoints.overdue")).isZero();
        journal.journal().close();
    }

    @Test
    void aJournalThatIsClosedIsNotOpen() {
        var journal = new TestJournal(folder);
        bind(journal);
        journal.journal().close();

        assertThat(gauge("slotgate.journal.open")).isZero();
    }

    @Test
    void aFollowerThatIsAwayLagsBehind() {
        var journal = new TestJournal(folder);
        var away = new JournalFollower(journal.home(), journal.journal(), new Away());
        bind(journal, away);
        away.start();
        journal.call("request-1");

        await().untilAsserted(() ->
                assertThat(gauge("slotgate.journal.follower.failing")).isEqualTo(1));
        assertThat(gauge("slotgate.journal.lag")).isEqualTo(2);
        away.close();
        journal.journal().close();
    }

    private void bind(TestJournal journal, JournalFollower... followers) {
        new JournalMetrics(journal.journal(), journal.checkpoints(), List.of(followers)).bindTo(registry);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private static final class Away implements JournalFollower.Place {

        @Override
        public long last() {
            throw new IllegalStateException("away");
        }

        @Override
        public void take(List<JournalLine> lines) {
            throw new IllegalStateException("away");
        }
    }
}
