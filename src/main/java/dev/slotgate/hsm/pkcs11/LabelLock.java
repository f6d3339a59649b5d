package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.xipki.pkcs11.wrapper.TokenException;

/** Held by whoever moves labels, so that nobody who looks one up finds it on two keys or on none. */
final class LabelLock {

    /** Well within the deadline of a call: whoever waits must not be taken for one that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** @throws HsmException SLOT_BUSY when labels are being moved for long */
    <T> T reading(Work<T> work) throws TokenException {
        return holding(lock.readLock(), work);
    }

    /** @throws HsmException SLOT_BUSY when labels are being looked at for long */
    <T> T moving(Work<T> work) throws TokenException {
        return holding(lock.writeLock(), work);
    }

    private static <T> T holding(Lock held, Work<T> work) throws TokenException {
        if (!tryLock(held)) {
            throw new HsmException(HsmFailure.SLOT_BUSY, "Labels of the slot are being moved.");
        }
        try {
            return work.work();
        } finally {
            held.unlock();
        }
    }

    private static boolean tryLock(Lock lock) {
        try {
            return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is done meanwhile. */
    interface Work<T> {

        T work() throws TokenException;
    }
}
