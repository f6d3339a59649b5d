package dev.slotgate.audit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Where records gather until the journal's thread takes them. */
final class Gathering {

    /** How long records that nobody waits for lie here: those of a batch, whose caller waits for the last one. */
    private static final Duration LINGER = Duration.ofMillis(20);

    /** What is in flight is less; what comes on top while the disk hangs would fill the memory. */
    private static final int MOST_WAITING = 50_000;

    private final Thread taker;
    private final Patience patience;
    private volatile Group next;
    /** Whether the taker waits for a record. */
    private volatile boolean idle;

    private volatile boolean calledOff;

    /** @param patience how long a caller waits for a record */
    Gathering(Thread taker, Duration patience) {
        this.taker = taker;
        this.patience = new Patience(patience);
        this.next = newGroup();
    }

    private Group newGroup() {
        return new Group(patience, this::wake);
    }

    /**
     * Adds a record.
     *
     * @param wanted whether it is to be written now, and not only when somebody waits for it
     * @return whom it is with; null when there is no room
     */
    @Nullable
    Group append(byte[] content, boolean wanted) {
        Group group = next;
        while (group.size() < MOST_WAITING) {
            int number = group.add(content);
            if (number > 0) {
                if (wanted) {
                    group.want();
                } else if (number == 1) {
                    wake();
                }
                return group;
            }
            // It is being written; the one after it is there.
            group = next;
        }
        return null;
    }

    /** How many there are. */
    int size() {
        return next.size();
    }

    /** Waits until something is to be written, for so long at most, or until it is called off. */
    void awaitRecords(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        boolean lingers = false;
        // Set before it looks whether there is something: whoever adds something after that look sees it.
        idle = true;
        while (!calledOff && !next.isWanted()) {
            long now = System.nanoTime();
            if (!lingers && next.size() > 0) {
                lingers = true;
                end = Math.min(end - now, LINGER.toNanos()) + now;
            }
            if (end - now <= 0) {
                break;
            }
            LockSupport.parkNanos(this, end - now);
        }
        idle = false;
    }

    /** Takes what there is, which may be nothing. */
    Group take() {
        Group taken = next;
        next = newGroup();
        return taken.close();
    }

    /** Whoever waits for one of these is told that it is not written. */
    void fail() {
        next.fail();
    }

    /** Nobody waits for records any more. */
    void callOff() {
        calledOff = true;
        LockSupport.unpark(taker);
    }

    boolean isCalledOff() {
        return calledOff;
    }

    private void wake() {
        if (idle) {
            LockSupport.unpark(taker);
        }
    }
}
