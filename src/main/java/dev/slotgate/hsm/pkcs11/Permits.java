package dev.slotgate.hsm.pkcs11;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The right to use a session, as many times as the slot may have sessions. When the token refuses one more session, since
 * other programs hold some, there is one right less for a while.
 */
final class Permits {

    private static final Duration SHRUNK_FOR = Duration.ofSeconds(3);

    private final Resizable free;
    private final AtomicInteger waiting = new AtomicInteger();
    private int max;
    private volatile int withheld;
    private volatile long shrunkAt;

    Permits(int max) {
        this.max = max;
        this.free = new Resizable(max);
    }

    /** Takes one that is free now. */
    boolean tryTake() {
        if (withheld > 0 && System.nanoTime() - shrunkAt > SHRUNK_FOR.toNanos()) {
            growBack();
        }
        return free.tryAcquire();
    }

    /** Waits for one. False when none came free by the deadline. */
    boolean take(Deadline deadline) {
        waiting.incrementAndGet();
        try {
            return free.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    void giveBack() {
        free.release();
    }

    /** One session less for a while. False when it is the last one. */
    synchronized boolean shrink() {
        if (withheld + 1 >= max) {
            return false;
        }
        withheld++;
        shrunkAt = System.nanoTime();
        free.remove(1);
        return true;
    }

    synchronized void resize(int newMax) {
        growBack();
        if (newMax > max) {
            free.release(newMax - max);
        } else {
            free.remove(max - newMax);
        }
        max = newMax;
    }

    synchronized int max() {
        return max;
    }

    synchronized int inUse() {
        return max - withheld - free.availablePermits();
    }

    int waiting() {
        return waiting.get();
    }

    private synchronized void growBack() {
        free.release(withheld);
        withheld = 0;
    }

    private static final class Resizable extends Semaphore {

        private static final long serialVersionUID = 1L;

        Resizable(int permits) {
            super(permits);
        }

        void remove(int permits) {
            reducePermits(permits);
        }
    }
}
