package dev.slotgate.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the journal signed every so many records, and after some time when there are fewer. While the token does not sign, the
 * journal goes on, and {@link #areOverdue} says so. A copy of the last checkpoint lies beside the journal, so that its end
 * cannot be cut off unnoticed.
 */
public final class Checkpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private static final int INTERVALS_UNTIL_OVERDUE = 3;

    private final JournalHome home;
    private final AuditJournal journal;
    private final CheckpointKey key;
    private final AuditSettings settings;
    private final InstantSource clock;
    private long through;
    private long own;
    private long lastNanos = System.nanoTime();
    private volatile boolean waiting;
    private volatile long waitingSince;

    Checkpoints(
            JournalHome home, AuditJournal journal, CheckpointKey key, AuditSettings settings, InstantSource clock) {
        this.home = home;
        this.journal = journal;
        this.key = key;
        this.settings = settings;
        this.clock = clock;
    }

    /** Where the copy of the last checkpoint is, in the journal's folder. */
    static Path copy(Path folder) {
        return folder.resolve("checkpoint");
    }

    /** Makes one if it is time. */
    synchronized void look() {
        Tip tip = journal.tip();
        boolean isDue = tip.sequence() - through >= settings.checkpointRecords()
                || System.nanoTime() - lastNanos
                        >= settings.checkpointInterval().toNanos();
        // The one that was made last is nothing new.
        if (isDue && tip.sequence() > Math.max(through, own)) {
            make(tip);
        }
    }

    /** Whether several should have been made by now, and none could. */
    public boolean areOverdue() {
        return waiting
                && System.nanoTime() - waitingSince
                        > settings.checkpointInterval()
                                .multipliedBy(INTERVALS_UNTIL_OVERDUE)
                                .toNanos();
    }

    private void make(Tip tip) {
        try {
            PublicKeyFile.add(home.publicKeys(), key.publicKey());
            var checkpoint = Checkpoint.of(clock.instant(), tip, key.sign(Checkpoint.digest(home.instance(), tip)));
            journal.write(checkpoint).await(journal.patience());
            through = tip.sequence();
            own = journal.tip().sequence();
            lastNanos = System.nanoTime();
            waiting = false;
            keepCopy(checkpoint);
        } catch (RuntimeException | IOException e) {
            lastNanos = System.nanoTime()
                    - settings.checkpointInterval().toNanos()
                    + Duration.ofSeconds(1).toNanos();
            if (!waiting) {
                waitingSince = System.nanoTime();
                waiting = true;
                LOG.warn("No checkpoint of the audit journal can be made now: {}", e.getMessage());
            }
        }
    }

    private void keepCopy(Checkpoint checkpoint) throws IOException {
        Path unfinished = home.folder().resolve("checkpoint.new");
        Files.write(unfinished, JournalJson.write(checkpoint));
        Files.move(unfinished, copy(home.folder()), StandardCopyOption.ATOMIC_MOVE);
    }
}
