package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Where the callers of a slot pass. Many are in at once; work that needs the slot for itself lets those finish and has the
 * others wait. A call that was given up has left, although the token may still be busy with it.
 */
final class Gate {

    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final Duration BETWEEN_MOMENTS = Duration.ofMillis(800);

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** @throws HsmException SLOT_BUSY when the slot is taken until the deadline */
    <T> T shared(Deadline deadline, Supplier<T> work) {
        return holding(lock.readLock(), deadline, work);
    }

    /** @throws HsmException SLOT_BUSY when the operations that run do not finish by the deadline */
    <T> T exclusively(Deadline deadline, Supplier<T> work) {
        return holding(lock.writeLock(), deadline, work);
    }

    /**
     * As {@link #exclusively}, for work that can wait until others leave it a gap: while it stands in the queue nobody else gets
     * in, so it does that for a moment at a time.
     */
    <T> T inAGap(Deadline deadline, Supplier<T> work) {
        while (!isTaken(lock.writeLock(), deadline.orIn(MOMENT))) {
            if (deadline.nanosLeft() == 0 || !hasPaused()) {
                throw busy();
            }
        }
        try {
            return work.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static boolean hasPaused() {
        try {
            Thread.sleep(BETWEEN_MOMENTS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static HsmException busy() {
        return new HsmException(
                HsmFailure.SLOT_BUSY,
                "The slot did not come free in time: work that needs it alone waits for other work, and that for it.");
    }

    private static <T> T holding(Lock lock, Deadline deadline, Supplier<T> work) {
        if (!isTaken(lock, deadline)) {
            throw busy();
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isTaken(Lock lock, Deadline deadline) {
        try {
            return lock.tryLock(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
