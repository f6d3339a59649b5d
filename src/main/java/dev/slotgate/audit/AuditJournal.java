package dev.slotgate.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The journal of this gateway: append-only files of one JSON record a line, chained by hashes. Nothing is begun without
 * {@link #requireOpen}, and nothing answered before its {@link Receipt} says that its record is on the disk.
 */
public class AuditJournal implements AutoCloseable {

    private final JournalFile file;
    private final GroupCommit commit;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Instant> unavailableSince = new AtomicReference<>();
    private final LongAdder turnedAway = new LongAdder();

    AuditJournal(JournalFile file, GroupCommit commit, InstantSource clock) {
        this.file = file;
        this.commit = commit;
        this.clock = clock;
    }

    /** Goes on with the journal that is there, or begins one. @throws JournalUnusable */
    public static AuditJournal open(JournalHome home, AuditSettings settings, InstantSource clock) {
        JournalFile file = JournalFile.open(home, settings.segmentSize().toBytes());
        var commit = new GroupCommit(
                file, new Reserve(home.folder(), settings.reserve().toBytes()), settings.patience());
        var journal = new AuditJournal(file, commit, clock);
        commit.start();
        journal.write(new Start(AuditRecord.Kind.START, clock.instant(), file.torn()));
        return journal;
    }

    /** @throws JournalUnavailable when what is done now could not be recorded */
    public void requireOpen() {
        if (!commit.isOpen()) {
            unavailableSince.compareAndSet(null, clock.instant());
            turnedAway.increment();
            throw new JournalUnavailable();
        }
        Instant since = unavailableSince.get();
        if (since != null && unavailableSince.compareAndSet(since, null)) {
            write(new Outage(AuditRecord.Kind.OUTAGE, clock.instant(), since, turnedAway.sumThenReset()));
        }
    }

    public boolean isOpen() {
        return commit.isOpen();
    }

    /** Begins to record; what is done next may wait for the {@link Receipt}. */
    public Receipt append(AuditRecord entry) {
        return write(entry);
    }

    /** As {@link #append}, for one of many records, which are waited for when the last is there: they are written together. */
    public Receipt add(AuditRecord entry) {
        return commit.append(JournalJson.write(entry), false);
    }

    /** Records and waits. @throws JournalUnavailable when the record is not on the disk in time */
    public void record(AuditRecord entry) {
        write(entry).await();
    }

    JournalFile file() {
        return file;
    }

    GroupCommit commit() {
        return commit;
    }

    /** How far it is on the disk. */
    Tip tip() {
        return file.tip();
    }

    /** @param content an object that begins with its kind */
    Receipt write(Object content) {
        return commit.append(JournalJson.write(content), true);
    }

    @Override
    public void close() {
        commit.close();
    }

    /** @param torn how many bytes a crash left of a line; they were cut off */
    private record Start(AuditRecord.Kind kind, Instant time, long torn) {}

    /** @param refused how many calls were turned away since then */
    private record Outage(AuditRecord.Kind kind, Instant time, Instant since, long refused) {}
}
