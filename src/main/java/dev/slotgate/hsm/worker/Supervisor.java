package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.StartRefused;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one seat of a module's crew: seats a new worker when the old one has ended, at once the first time and after
 * longer and longer pauses as long as none answers, and replaces one whose heartbeat, a call of the module, fails, or that has
 * given up half of a slot's sessions; never for one late call.
 */
final class Supervisor implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private static final Duration HEARTBEAT = Duration.ofMillis(500);
    private static final Duration HEARTBEAT_PATIENCE = Duration.ofSeconds(2);
    private static final Duration ON_THE_WAY = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    static final Duration BETWEEN_REPLACEMENTS = Duration.ofSeconds(30);

    private final String module;
    private final Crew crew;
    private final Seats seats;
    private final int seat;
    private final Census census;
    /** When a worker of the module was replaced last. */
    private final AtomicLong lastReplacement;

    private int failures;
    private volatile boolean stopped;

    Supervisor(String module, Crew crew, Seats seats, int seat, Census census, AtomicLong lastReplacement) {
        this.module = module;
        this.crew = crew;
        this.seats = seats;
        this.seat = seat;
        this.census = census;
        this.lastReplacement = lastReplacement;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                WorkerProcess worker = seats.at(seat);
                if (worker == null) {
                    fill();
                } else {
                    lookAfter(worker);
                    seats.awaitVacancy(seat, HEARTBEAT.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fill() throws InterruptedException {
        if (failures > 0) {
            Thread.sleep(pause());
        }
        failures++;
        try {
            crew.seat(seat);
            LOG.info("Module {} runs in worker {}", module, seat);
        } catch (StartRefused | HsmException e) {
            if (failures == 1) {
                LOG.error("{}", e.getMessage());
            } else {
                // Once may be the machine's trouble; callers wait for the second try.
                seats.giveUp(seat);
            }
        }
    }

    private Duration pause() {
        long factor = 1L << Math.min(failures - 1, 10);
        Duration pause = FIRST_PAUSE.multipliedBy(factor);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void lookAfter(WorkerProcess worker) {
        try {
            String trouble = trouble(worker);
            if (trouble.isEmpty()) {
                failures = 0;
            } else {
                replace(trouble);
            }
        } catch (LinkLost e) {
            seats.leave(worker);
        }
    }

    private String trouble(WorkerProcess worker) {
        try {
            String trouble = worker.control(HEARTBEAT_PATIENCE.plus(ON_THE_WAY)).trouble(HEARTBEAT_PATIENCE);
            if (!trouble.isEmpty()) {
                return trouble;
            }
            SortedMap<SlotId, SlotStatus> slots =
                    worker.port(Slots.class, HEARTBEAT_PATIENCE).statuses();
            census.note(worker, slots);
            return slots.values().stream().anyMatch(Supervisor::isHopeless) ? "too many calls of a slot hang" : "";
        } catch (AnswerLate e) {
            return "it does not answer";
        } catch (HsmException e) {
            return "it fails: " + e.getMessage();
        }
    }

    /** One that cannot be replaced goes on as well as it can. */
    private void replace(String trouble) {
        if (!mayReplace()) {
            return;
        }
        LOG.warn("Module {}: worker {} is replaced: {}", module, seat, trouble);
        try {
            crew.seat(seat);
        } catch (StartRefused e) {
            LOG.error("Module {}: worker {} could not be replaced: {}", module, seat, e.getMessage());
        } catch (HsmException e) {
            // No process was started, so nobody has to wait for the next try.
            lastReplacement.addAndGet(-BETWEEN_REPLACEMENTS.toNanos());
            LOG.error("Module {}: worker {} could not be replaced: {}", module, seat, e.getMessage());
        }
    }

    /** A slot in trouble cannot be begun anew, either, while one of its calls hangs. */
    private static boolean isHopeless(SlotStatus slot) {
        return slot.hungCalls() > 0
                && (slot.state() == SlotState.DEGRADED
                        || 2 * slot.hungCalls() >= slot.sessions().max());
    }

    private boolean mayReplace() {
        long now = System.nanoTime();
        long last = lastReplacement.get();
        return now - last >= BETWEEN_REPLACEMENTS.toNanos() && lastReplacement.compareAndSet(last, now);
    }
}
