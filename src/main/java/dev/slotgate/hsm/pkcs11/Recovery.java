package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back of a slot whose token fails. After a few failures in a row all sessions are closed and the user is logged in
 * anew, while callers wait. When that did not help the circuit opens: nobody calls the token but one prober, until it finds
 * the token in order. A circuit that opens again before any call succeeded has the module initialised again, and so has one
 * that stays open, at most every tenth of the time that the trouble lasts. Some of the classic reasons are an HSM that was
 * rebooted, a network that was down, and a module that remembers a dead connection.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final int FAILURES_UNTIL_RESET = 3;
    private static final int FAILURES_UNTIL_OPEN = 6;
    private static final Duration GRACE = Duration.ofMillis(50);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);
    private static final Duration BEFORE_FIRST_RESTART = Duration.ofSeconds(1);
    private static final Duration BETWEEN_RESTARTS = Duration.ofSeconds(3);
    private static final Duration BETWEEN_RESTARTS_AT_MOST = Duration.ofMinutes(1);

    private final String name;
    private final Steps slot;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean troubled;
    private volatile boolean open;
    private volatile long openedAt;
    private volatile CountDownLatch closed = new CountDownLatch(0);
    private volatile boolean stopped;
    /** These belong to the prober; there is one at a time. */
    private boolean probingAlone;

    private long troubledSince;
    private volatile long closedAt;

    Recovery(String name, Steps slot) {
        this.name = name;
        this.slot = slot;
    }

    /**
     * Lets callers pass while the circuit is closed. In its first moment they wait, since it may close again at once.
     *
     * @throws HsmException TOKEN_UNAVAILABLE while it is open
     */
    void check() {
        if (open && !closesInTime()) {
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The slot's token is gone or in trouble.");
        }
    }

    boolean isOpen() {
        return open;
    }

    /** A call of the token succeeded. */
    void succeeded() {
        if (failures.get() != 0 || troubled) {
            failures.set(0);
            troubled = false;
        }
    }

    /** A call failed for the token's own reasons, once more if that was safe. */
    void failed() {
        int inARow = failures.incrementAndGet();
        if (inARow == FAILURES_UNTIL_RESET) {
            // The caller does not wait for it; whoever comes next waits at the slot's gate.
            Thread.ofVirtual().name("slot-" + name + "-reset").start(this::reset);
        } else if (inARow >= FAILURES_UNTIL_OPEN) {
            open();
        }
    }

    /** Lends nothing any more until the prober has found the token in order. */
    synchronized void open() {
        if (open || stopped) {
            return;
        }
        openedAt = System.nanoTime();
        closed = new CountDownLatch(1);
        open = true;
        boolean sameTrouble = troubled && openedAt - closedAt < FORGOTTEN_AFTER.toNanos();
        probingAlone = !sameTrouble;
        if (!sameTrouble) {
            troubled = true;
            troubledSince = openedAt;
        }
        LOG.warn("Slot {}: the token is gone or in trouble; looking after it", name);
        Thread.ofVirtual().name("slot-" + name + "-prober").start(this::probe);
    }

    void stop() {
        stopped = true;
    }

    private boolean closesInTime() {
        try {
            return closed.await(openedAt + GRACE.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void reset() {
        try {
            slot.reset();
        } catch (HsmException e) {
            LOG.debug("Slot {} was not reset: {}", name, e.getMessage());
            if (e.failure() != HsmFailure.SLOT_BUSY) {
                open();
            }
        }
    }

    private void probe() {
        long pause = FIRST_PAUSE.toMillis();
        while (!stopped) {
            if (isHealed()) {
                CountDownLatch waiting = closed;
                failures.set(0);
                closedAt = System.nanoTime();
                open = false;
                waiting.countDown();
                LOG.info("Slot {}: the token is back", name);
                return;
            }
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE.toMillis());
        }
    }

    private boolean isHealed() {
        if (!probingAlone && isRestartDue()) {
            succeeds(() -> {
                slot.restartModule();
                return true;
            });
        }
        probingAlone = false;
        return succeeds(slot::works);
    }

    private boolean succeeds(BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.debug("Slot {}: {}", name, e.getMessage());
            return false;
        }
    }

    private boolean isRestartDue() {
        long lasting = System.nanoTime() - troubledSince;
        long pause = Math.clamp(lasting / 10, BETWEEN_RESTARTS.toNanos(), BETWEEN_RESTARTS_AT_MOST.toNanos());
        return lasting >= BEFORE_FIRST_RESTART.toNanos() && slot.nanosSinceRestart() >= pause;
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    /** What can be done about a slot; each step may end in an {@link HsmException}, and then it did not help. */
    interface Steps {

        /** Closes all sessions and logs in anew, if there is a PIN. */
        void reset();

        /** Finalises and initialises the module, when no call is in flight. */
        void restartModule();

        /** How long ago that was done or tried last, for any slot of the module. */
        long nanosSinceRestart();

        /** Whether the token is there and a session can be used, or cannot for want of a PIN only. */
        boolean works();
    }
}
