package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
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

    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** @throws HsmException SLOT_BUSY when the slot is taken until the deadline */
    <T> T shared(Deadline deadline, Supplier<T> work) {
        return holding(lock.readLock(), deadline, work);
    }

    /** @throws HsmException SLOT_BUSY when the operations that run do not finish by the deadline */
    <T> T exclusively(Deadline deadline, Supplier<T> work) {
        return holding(lock.writeLock(), deadline, work);
    }

    private static <T> T holding(Lock lock, Deadline deadline, Supplier<T> work) {
        if (!isTaken(lock, deadline)) {
            throw new HsmException(
                    HsmFailure.SLOT_BUSY,
                    "The slot did not come free in time: work that needs it alone waits for other work, and that for it.");
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
