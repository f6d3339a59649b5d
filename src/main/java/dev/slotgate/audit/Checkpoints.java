package dev.slotgate.audit;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    private final JournalHome home;
    private final AuditJournal journal;
    private final CheckpointKey key;
    private final AuditSettings settings;
    private final InstantSource clock;
    private long through;
    private long own;
    private long nextNanos = System.nanoTime();
    private boolean isTold;
    private @Nullable PublicKey published;
    /** When the first one failed that was not made since; 0 when none did. */
    private volatile long failingSince;

    Checkpoints(
            JournalHome home, AuditJournal journal, CheckpointKey key, AuditSettings settings, InstantSource clock) {
        this.home = home;
        this.journal = journal;
        this.key = key;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes one if it is time. */
    synchronized void look() {
        Tip tip = journal.tip();
        boolean areMany = tip.sequence() - through >= settings.checkpointRecords() && failingSince == 0;
        boolean isTime = System.nanoTime() - nextNanos >= 0;
        // The one that was made last is nothing new.
        if (journal.isOpen() && (areMany || isTime) && tip.sequence() > Math.max(through, own)) {
            make(tip);
        }
        if (areOverdue() && !isTold) {
            isTold = true;
            LOG.warn("The token of slotgate.audit.token signs no checkpoints of the audit journal.");
        }
    }

    /** Whether several should have been made by now, and none could. */
    public boolean areOverdue() {
        long since = failingSince;
        Duration patience = settings.checkpointInterval().multipliedBy(INTERVALS_UNTIL_OVERDUE);
        return since != 0 && System.nanoTime() - since > patience.toNanos();
    }

    /** The file is read again only when the key is another than last time. */
    private void publish(PublicKey now) throws IOException {
        if (!now.equals(published)) {
            PublicKeyFile.add(home.publicKeys(), now);
            published = now;
        }
    }

    private void make(Tip tip) {
        try {
            publish(key.publicKey());
            var checkpoint = Checkpoint.of(clock.instant(), tip, key.sign(Checkpoint.digest(home.instance(), tip)));
            if (!Checkpoint.isSigned(checkpoint, home.instance(), List.of(key.publicKey()))) {
                throw new IllegalStateException("the token made a signature that does not verify");
            }
            journal.write(checkpoint).await();
            through = tip.sequence();
            // What was recorded while the token signed is still to be signed.
            own = journal.tip().sequence() == through + 1 ? through + 1 : through;
            nextNanos = System.nanoTime() + settings.checkpointInterval().toNanos();
            failingSince = 0;
            isTold = false;
            CheckpointCopy.keep(home.folder(), checkpoint);
        } catch (RuntimeException | IOException e) {
            LOG.debug("No checkpoint of the audit journal was made: {}", e.getMessage());
            nextNanos = System.nanoTime() + BEFORE_NEXT_TRY.toNanos();
            if (failingSince == 0) {
                failingSince = System.nanoTime();
            }
        }
    }
}
