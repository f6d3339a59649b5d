package dev.slotgate.audit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The numbers of the journal for the monitoring: how far it is, what the disk takes, and how far behind those are that follow it. */
final class JournalMetrics implements MeterBinder {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final AuditJournal journal;
    private final Checkpoints checkpoints;
    private final List<JournalFollower> followers;

    JournalMetrics(AuditJournal journal, Checkpoints checkpoints, List<JournalFollower> followers) {
        this.journal = journal;
        this.checkpoints = checkpoints;
        this.followers = followers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindWrites(registry);
        Gauge.builder("slotgate.journal.open", journal, j -> j.isOpen() ? 1 : 0)
                .description("1 while calls are served, 0 while their records could not be written")
                .register(registry);
        Gauge.builder("slotgate.checkpoints.overdue", checkpoints, c -> c.areOverdue() ? 1 : 0)
                .description("1 while the token of the journal signs no checkpoints, else 0")
                .register(registry);
        followers.forEach(follower -> bind(follower, registry));
    }

    private void bindWrites(MeterRegistry registry) {
        FunctionCounter.builder(
                        "slotgate.journal.records", journal, j -> j.tip().sequence())
                .description("Records that are on the disk, over all starts")
                .register(registry);
        Gauge.builder("slotgate.journal.waiting", journal, j -> j.commit().waiting())
                .baseUnit("records")
                .description("Records that wait to be written")
                .register(registry);
        TimeGauge.builder(
                        "slotgate.journal.overdue",
                        journal,
                        TimeUnit.NANOSECONDS,
                        j -> j.commit().overdue().toNanos())
                .description("For how long the write that is under way has not come back; 0 when none is")
                .register(registry);
        Timer flushes = Timer.builder("slotgate.journal.flush")
                .serviceLevelObjectives(BOUNDS)
                .description("Flushes of the journal to the disk (fsync), which many records share")
                .register(registry);
        journal.file().whenFlushed(nanos -> flushes.record(nanos, TimeUnit.NANOSECONDS));
    }

    private static void bind(JournalFollower follower, MeterRegistry registry) {
        String place = follower.place().toString();
        Gauge.builder("slotgate.journal.lag", follower, JournalFollower::lag)
                .tag("follower", place)
                .baseUnit("records")
                .description("Records that are on the disk and not yet at the follower")
                .register(registry);
        Gauge.builder("slotgate.journal.follower.failing", follower, f -> f.isFailing() ? 1 : 0)
                .tag("follower", place)
                .description("1 while records do not reach the follower, else 0")
                .register(registry);
    }
}
