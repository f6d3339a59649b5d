package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The places for the workers of a module, and who sits there. Callers wait for one who is on the way. */
final class Seats {

    private final AtomicReferenceArray<@Nullable WorkerProcess> workers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Seats that nobody is on the way to. */
    private final Set<Integer> hopeless = ConcurrentHashMap.newKeySet();

    Seats(int count) {
        workers = new AtomicReferenceArray<>(count);
    }

    int count() {
        return workers.length();
    }

    @Nullable
    WorkerProcess at(int seat) {
        return workers.get(seat);
    }

    /** Everybody who sits. */
    List<WorkerProcess> taken() {
        return IntStream.range(0, count())
                .mapToObj(workers::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** How many of them have not ended. */
    int running() {
        return (int) taken().stream().filter(worker -> !worker.hasEnded()).count();
    }

    /** Who has the fewest calls, as soon as somebody is there. @throws HsmException TOKEN_UNAVAILABLE when nobody comes */
    WorkerProcess pick(long untilNanoTime) {
        WorkerProcess free = freest();
        return free == null ? await(untilNanoTime) : free;
    }

    /** Seats a worker. Answers who sat there before. */
    @Nullable
    WorkerProcess take(int seat, WorkerProcess worker) {
        WorkerProcess before = workers.getAndSet(seat, worker);
        hopeless.remove(seat);
        signal();
        worker.whenLost(() -> leave(worker));
        return before;
    }

    /** Takes a worker that has ended off its seat. */
    void leave(WorkerProcess worker) {
        for (int seat = 0; seat < count(); seat++) {
            workers.compareAndSet(seat, worker, null);
        }
        signal();
    }

    /** Nobody is on the way to this seat for some time. */
    void giveUp(int seat) {
        hopeless.add(seat);
        signal();
    }

    /** Waits until somebody leaves this seat, or a time is over. */
    void awaitVacancy(int seat, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (workers.get(seat) != null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable WorkerProcess freest() {
        WorkerProcess freest = null;
        for (int seat = 0; seat < count(); seat++) {
            WorkerProcess worker = workers.get(seat);
            if (worker != null
                    && !worker.hasEnded()
                    && (freest == null
                            || worker.link().outstanding() < freest.link().outstanding())) {
                freest = worker;
            }
        }
        return freest;
    }

    private WorkerProcess await(long untilNanoTime) {
        lock.lock();
        try {
            WorkerProcess free = freest();
            while (free == null) {
                long left = untilNanoTime - System.nanoTime();
                if (left <= 0 || hopeless.size() == count() || !changed.await(left, TimeUnit.NANOSECONDS)) {
                    throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The module of the slot is not running.");
                }
                free = freest();
            }
            return free;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The wait for the slot's module was interrupted.");
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
