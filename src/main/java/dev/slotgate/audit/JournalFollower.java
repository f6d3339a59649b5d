package dev.slotgate.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the lines of the journal on, in order, when they are on the disk. What could not be handed on is handed on later; where
 * it left off, the other place says.
 */
final class JournalFollower implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalFollower.class);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
    /** For the rest of the lines, or the end of a pause. */
    private static final Duration AT_THE_END = Duration.ofSeconds(2);

    private static final int AT_ONCE = 1_000;

    private final JournalHome home;
    private final AuditJournal journal;
    private final Place place;
    private final FreshLines fresh;
    private final Thread thread;
    private @Nullable JournalReader reader;
    private volatile long handedOn = -1;
    private volatile boolean stopped;
    private volatile boolean failed;

    JournalFollower(JournalHome home, AuditJournal journal, Place place) {
        this.home = home;
        this.journal = journal;
        this.place = place;
        this.fresh = journal.file().follow();
        this.thread = Thread.ofPlatform().daemon().name("journal-" + place).unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** How many lines are on the disk and were not handed on; all of them while that is not known. */
    long lag() {
        return journal.tip().sequence() - Math.max(0, handedOn);
    }

    /** Whether what it handed on last did not arrive. */
    boolean isFailing() {
        return failed;
    }

    Place place() {
        return place;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                boolean more = handOn();
                failed = false;
                if (!more) {
                    Thread.sleep(PAUSE);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | IOException e) {
                afterFailure(e);
            }
        }
        handOnTheRest();
    }

    /** Else nobody could ask for it elsewhere until this instance is back, and after it was given up never. */
    private void handOnTheRest() {
        try {
            while (handOn()) {
                LOG.debug("More of the journal goes to the {} at the end", place);
            }
        } catch (RuntimeException | IOException e) {
            LOG.info("The end of the audit journal reaches the {} after the next start: {}", place, e.toString());
        }
    }

    /** Hands on what there is, up to a number; false when there is no more for now. */
    private boolean handOn() throws IOException {
        if (handedOn < 0) {
            handedOn = place.last();
            closeReader();
        }
        long end = journal.tip().sequence();
        if (handedOn >= end) {
            return false;
        }
        List<JournalLine> lines = next(end);
        place.take(lines);
        handedOn = lines.getLast().sequence();
        return handedOn < end;
    }

    private List<JournalLine> next(long end) throws IOException {
        long most = Math.min(AT_ONCE, end - handedOn);
        List<JournalLine> lines = fresh.takeAfter(handedOn, most);
        if (lines.isEmpty()) {
            return read(handedOn + most, false);
        }
        // It would read all of these when it is needed again.
        closeReader();
        return lines;
    }

    /** Reads up to a line that is on the disk, so that none is read before it is whole. */
    private List<JournalLine> read(long to, boolean again) throws IOException {
        if (reader == null) {
            reader = new JournalReader(home.folder(), handedOn + 1);
        }
        var lines = new ArrayList<JournalLine>();
        long sequence = 0;
        while (sequence < to) {
            byte[] bytes = reader.next();
            if (bytes == null) {
                // A file was begun after the list of files was read.
                closeReader();
                if (lines.isEmpty() && again) {
                    throw new IOException("the journal's files lack a line that was written");
                }
                return lines.isEmpty() ? read(to, true) : lines;
            }
            JournalLine line =
                    JournalLine.read(bytes).orElseThrow(() -> new IOException("a line of the journal is none"));
            sequence = line.sequence();
            if (sequence > handedOn) {
                lines.add(line);
            }
        }
        return lines;
    }

    private void afterFailure(Exception e) {
        if (!failed) {
            LOG.warn("The audit journal does not reach the {} at the moment: {}", place, e.toString());
        }
        failed = true;
        handedOn = -1;
        closeReader();
        try {
            Thread.sleep(AFTER_A_FAILURE);
        } catch (InterruptedException stop) {
            stopped = true;
        }
    }

    private void closeReader() {
        JournalReader closing = reader;
        reader = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException e) {
            LOG.debug("A file of the journal was not closed cleanly: {}", e.toString());
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            if (!thread.join(AT_THE_END)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where lines are handed on to. */
    interface Place {

        /** The sequence of the last line that it has; 0 when it has none. */
        long last();

        /** Takes lines that follow the last one: all of them, or none when it throws. */
        void take(List<JournalLine> lines);
    }
}
