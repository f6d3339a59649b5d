package dev.slotgate.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the journal. While it waits for the disk, the records that come make up the next group. What
 * cannot be written is tried again until it can be, in its order; until then, and until there is a reserve of space
 * again, {@link #isOpen} is false.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private static final Duration BETWEEN_WRITES = Duration.ofNanos(1_500_000);
    /** Fewer records than this come of one caller or two, who would only wait longer. */
    private static final int MANY = 3;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final Duration ALWAYS = Duration.ofDays(1);
    private static final Duration TO_FINISH = Duration.ofSeconds(5);

    private final JournalFile file;
    private final Reserve reserve;
    private final Duration patience;
    private final Thread thread = Thread.ofPlatform().daemon().name("journal").unstarted(this::run);
    private final Gathering gathering;
    private long lastWriteBegan = System.nanoTime();
    private volatile boolean failed;
    /** When the write that is under way began; 0 when none is. */
    private volatile long writingSince;

    /** @param patience how long a caller waits for a record, and a write may take before nothing is begun any more */
    GroupCommit(JournalFile file, Reserve reserve, Duration patience) {
        this.file = file;
        this.reserve = reserve;
        this.patience = patience;
        this.gathering = new Gathering(thread, patience);
    }

    void start() {
        hasReserve();
        thread.start();
    }

    /** Whether what is recorded now is likely to be written in time. */
    boolean isOpen() {
        long since = writingSince;
        return !failed && thread.isAlive() && (since == 0 || System.nanoTime() - since < patience.toNanos());
    }

    /** For how long the write that is under way has not come back; zero when none is. */
    Duration overdue() {
        long since = writingSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** How many records are not being written yet. */
    int waiting() {
        return gathering.size();
    }

    /** @param wanted whether it is to be written now, and not only when somebody waits for it, or a moment later */
    Receipt append(byte[] content, boolean wanted) {
        Group group = gathering.append(content, wanted);
        if (group == null) {
            return Receipt.REFUSED;
        }
        if (failed) {
            group.fail();
        }
        return group;
    }

    private void run() {
        Group group = take();
        while (group != null) {
            if (!group.contents().isEmpty()) {
                write(group);
            }
            if (failed && hasReserve()) {
                LOG.warn("The audit journal can be written again.");
            }
            if (group.contents().size() >= MANY) {
                spaceOut();
            }
            group = take();
        }
        file.close();
    }

    /** A flush for each record would cost more than the record: those that come within a moment share one. */
    private void spaceOut() {
        long end = lastWriteBegan + BETWEEN_WRITES.toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** The next group, which is empty when it is time to try again; null at the end. */
    private @Nullable Group take() {
        gathering.awaitRecords(failed ? BETWEEN_TRIES : ALWAYS);
        return gathering.size() == 0 && gathering.isCalledOff() ? null : gathering.take();
    }

    private void write(Group group) {
        while (!isWritten(group.contents())) {
            group.fail();
            pause();
            if (gathering.isCalledOff()) {
                LOG.error(
                        "{} audit records could not be written before the end.",
                        group.contents().size());
                return;
            }
        }
        group.written();
    }

    /** The second time the space of the reserve is there. */
    private boolean isWritten(List<byte[]> contents) {
        return IntStream.range(0, 2).anyMatch(_ -> isAppended(contents));
    }

    private boolean isAppended(List<byte[]> contents) {
        lastWriteBegan = System.nanoTime();
        writingSince = lastWriteBegan;
        try {
            file.append(contents);
            return true;
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it was, the thread must go on: nobody else writes.
            fail(e);
            reserve.giveUp();
            return false;
        } finally {
            writingSince = 0;
        }
    }

    private boolean hasReserve() {
        try {
            reserve.take();
            failed = false;
            return true;
        } catch (IOException e) {
            fail(e);
            return false;
        }
    }

    private void fail(Throwable e) {
        if (!failed) {
            failed = true;
            LOG.error("The audit journal cannot be written: {}. No call is served until it can be.", e.toString());
        }
        gathering.fail();
    }

    private void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the journal", e);
        }
    }

    /** Writes what was recorded, for a bounded time. */
    @Override
    public void close() {
        gathering.callOff();
        try {
            thread.join(TO_FINISH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
