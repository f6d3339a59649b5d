package dev.slotgate.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps strangers from filling the disk: of each source the first few refusals of a minute are recorded one by one, the rest
 * as one number when the minute is over.
 */
public final class Refusals implements AutoCloseable {

    static final int ONE_BY_ONE = 10;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int SOURCES = 10_000;

    private final AuditJournal journal;
    private final InstantSource clock;
    private final Cache<String, Counted> minutes = Caffeine.newBuilder()
            .maximumSize(SOURCES)
            .evictionListener(
                    (@Nullable String source, @Nullable Counted counted, RemovalCause _) -> sumUp(source, counted))
            .build();

    Refusals(AuditJournal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** Records the refusal of somebody who is not known. */
    public Receipt append(AuditRecord refusal) {
        Counted counted = minutes.asMap()
                .compute(
                        refusal.source(),
                        (_, before) -> before == null ? new Counted(clock.instant(), 1) : before.oneMore());
        return counted.refusals <= ONE_BY_ONE ? journal.append(refusal) : Receipt.NOTHING;
    }

    /** Records, and waits. @throws JournalUnavailable when the record is not on the disk in time */
    public void record(AuditRecord refusal) {
        append(refusal).await();
    }

    /** Records the sums of the minutes that are over. */
    void sumUp() {
        sumUpSince(clock.instant().minus(MINUTE));
    }

    /** Records the sums of the minutes that are not over, too. */
    @Override
    public void close() {
        sumUpSince(clock.instant());
    }

    private void sumUpSince(Instant latest) {
        minutes.asMap()
                .keySet()
                .forEach(source -> minutes.asMap().computeIfPresent(source, (_, counted) -> {
                    if (counted.since.isAfter(latest)) {
                        return counted;
                    }
                    sumUp(source, counted);
                    return null;
                }));
    }

    private void sumUp(@Nullable String source, @Nullable Counted counted) {
        int more = counted == null ? 0 : counted.refusals - ONE_BY_ONE;
        if (source != null && counted != null && more > 0) {
            journal.write(new Sum(AuditRecord.Kind.REFUSALS, clock.instant(), source, counted.since, more));
        }
    }

    private record Counted(Instant since, int refusals) {

        Counted oneMore() {
            return new Counted(since, refusals + 1);
        }
    }

    /** @param count how many more there were than were recorded one by one */
    private record Sum(AuditRecord.Kind kind, Instant time, String source, Instant since, int count) {}
}
