package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.UserLogins;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who works for a module: seats workers, replaces them, and changes the PIN that they all log in with; one of these at a
 * time. A new worker is ready before the old one goes, so that nobody has to wait. A process that has loaded a module may
 * never learn that a PIN was changed elsewhere, so a PIN is tried in a new one.
 */
final class Crew implements UserLogins {

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TO_LEAVE = Duration.ofSeconds(1);
    /** A module that crashed may soon crash again. */
    private static final Duration AT_ONCE = Duration.ZERO;
    /** The start of a process takes time from those who work; nobody needs the next one soon. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private final ModuleSpec spec;
    private final Seats seats;
    private final SlotPins pins;
    private final Function<SlotId, TokenIdentity> tokens;
    private final WorkerLauncher launcher;
    /** How long a worker that goes may finish its calls. */
    private final Supplier<Duration> longestCall;

    private final ReentrantLock staffing = new ReentrantLock();
    private volatile @Nullable String refusal;
    private final LongAdder launches = new LongAdder();

    Crew(
            ModuleSpec spec,
            Seats seats,
            SlotPins pins,
            Function<SlotId, TokenIdentity> tokens,
            WorkerLauncher launcher,
            Supplier<Duration> longestCall) {
        this.spec = spec;
        this.seats = seats;
        this.pins = pins;
        this.tokens = tokens;
        this.launcher = launcher;
        this.longestCall = longestCall;
    }

    /**
     * Seats a new worker. One that sits there does not answer: it is ended when its calls are over.
     *
     * @throws StartRefused when the module cannot be used
     */
    void seat(int seat) {
        alone(() -> {
            relieve(seat, launch(pins, seats.at(seat) == null ? AT_ONCE : LATER), false);
            return true;
        });
    }

    /** Why the module cannot be used; null when it can, as far as is known. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** How many workers were started. */
    long launches() {
        return launches.sum();
    }

    /** Binds and logs in with every worker that is there; those to come do so by themselves. */
    void ready() {
        for (WorkerProcess worker : seats.taken()) {
            ready(worker);
        }
    }

    private void ready(WorkerProcess worker) {
        try {
            launcher.ready(worker);
        } catch (LinkLost | AnswerLate | HsmException e) {
            LOG.debug("A worker of module {} is not ready: {}", spec.name(), e.getMessage());
        }
    }

    @Override
    public void unlock(SlotId slot, Pin pin, boolean spendTry) {
        alone(() -> {
            if (!isInUse(slot, pin)) {
                unlockAnew(slot, pin, spendTry);
            }
            return true;
        });
    }

    /** A worker that cannot log out is replaced: the next one has no PIN. */
    @Override
    public void lock(SlotId slot) {
        alone(() -> {
            pins.forget(slot, tokens.apply(slot));
            for (int seat = 0; seat < seats.count(); seat++) {
                WorkerProcess worker = seats.at(seat);
                if (worker != null && !isLocked(worker, slot)) {
                    relieve(seat, launchOrSay(pins), false);
                }
            }
            // A worker that was logging in meanwhile had it known again.
            pins.forget(slot, tokens.apply(slot));
            return true;
        });
    }

    /** Has one worker do what no other may be there for; the others are replaced afterwards. */
    <T extends @Nullable Object> T byOne(Function<WorkerProcess, T> work) {
        return alone(() -> {
            WorkerProcess one = seats.pick(System.nanoTime() + PATIENCE.toNanos());
            dismissAllBut(one);
            return work.apply(one);
        });
    }

    /** Whoever has a long call to finish does so, without a new one. */
    private void dismissAllBut(WorkerProcess one) {
        List<WorkerProcess> others =
                seats.taken().stream().filter(worker -> worker != one).toList();
        others.forEach(seats::leave);
        others.forEach(worker -> retire(worker, true));
        others.forEach(worker -> worker.awaitEnd(TO_LEAVE));
    }

    private static boolean isLocked(WorkerProcess worker, SlotId slot) {
        try {
            worker.port(UserLogins.class, PATIENCE).lock(slot);
            return true;
        } catch (LinkLost | AnswerLate | HsmException e) {
            return false;
        }
    }

    private boolean isInUse(SlotId slot, Pin pin) {
        List<WorkerProcess> workers = seats.taken();
        return !workers.isEmpty() && workers.stream().allMatch(worker -> isInUse(worker, slot, pin));
    }

    private static boolean isInUse(WorkerProcess worker, SlotId slot, Pin pin) {
        try {
            return worker.control(PATIENCE).isInUse(slot, pin);
        } catch (LinkLost | AnswerLate e) {
            return false;
        }
    }

    private void unlockAnew(SlotId slot, Pin pin, boolean spendTry) {
        WorkerProcess first = launchOrSay(new HiddenPins(pins, slot));
        try {
            tryPin(first, slot, pin, spendTry);
        } catch (HsmException e) {
            if (e.failure() == HsmFailure.PIN_INCORRECT) {
                returnToOldPin(first, slot);
            }
            retire(first, true);
            throw e;
        }
        first.mayUse(pins);
        relieve(0, first, true);
        for (int seat = 1; seat < seats.count(); seat++) {
            relieve(seat, launchOrSay(pins), true);
        }
    }

    /** The old PIN is in use, so it may be sent although the token now counts a wrong try: that ends the count. */
    private void returnToOldPin(WorkerProcess worker, SlotId slot) {
        try {
            TokenIdentity token = worker.port(SlotTokens.class, PATIENCE).of(slot);
            for (Pin old : pins.userPins(slot, token)) {
                try (old) {
                    if (isInUse(slot, old)) {
                        worker.port(UserLogins.class, PATIENCE).unlock(slot, old, true);
                    }
                }
            }
        } catch (HsmException | LinkLost | AnswerLate e) {
            LOG.warn("Slot {}: the token goes on counting a wrong try: {}", slot, e.getMessage());
        }
    }

    private WorkerProcess launchOrSay(SlotPins known) {
        try {
            return launch(known, LATER);
        } catch (StartRefused e) {
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The module of the slot cannot be used now.");
        }
    }

    private WorkerProcess launch(SlotPins known, Duration beforeNext) {
        try {
            launches.increment();
            WorkerProcess worker = launcher.launch(known);
            refusal = null;
            return worker;
        } catch (StartRefused e) {
            refusal = e.getMessage();
            throw e;
        } finally {
            launcher.prepare(beforeNext);
        }
    }

    private void relieve(int seat, WorkerProcess next, boolean answers) {
        WorkerProcess before = seats.take(seat, next);
        ready(next);
        if (before != null) {
            retire(before, answers);
        }
    }

    private void retire(WorkerProcess worker, boolean answers) {
        Thread.ofVirtual()
                .name("worker-" + spec.name() + "-retires")
                .start(() -> worker.retire(longestCall.get(), answers));
    }

    /** What a worker that dies or is late leaves open is whether a try of the PIN was spent. */
    private static void tryPin(WorkerProcess worker, SlotId slot, Pin pin, boolean spendTry) {
        try {
            worker.port(UserLogins.class, PATIENCE).unlock(slot, pin, spendTry);
        } catch (LinkLost e) {
            throw new HsmException(HsmFailure.OUTCOME_UNKNOWN, "The module ended before it answered.");
        } catch (AnswerLate e) {
            throw e.as(HsmFailure.OUTCOME_UNKNOWN);
        }
    }

    private <T extends @Nullable Object> T alone(Supplier<T> work) {
        try {
            if (!staffing.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HsmException(HsmFailure.SLOT_BUSY, "The workers of the slot's module are being replaced.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HsmException(HsmFailure.SLOT_BUSY, "The wait for the slot's module was interrupted.");
        }
        try {
            return work.get();
        } finally {
            staffing.unlock();
        }
    }
}
