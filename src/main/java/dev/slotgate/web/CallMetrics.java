package dev.slotgate.web;

import dev.slotgate.audit.AuditRecord.Outcome;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.JournalUnavailable;
import dev.slotgate.audit.Receipt;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Slots;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts calls, and what their answers wait for. Labels are words of the code and slots that there are, whatever is asked for; a
 * meter is made the first time and found again by two look-ups in maps, so that a call pays next to nothing.
 */
@Component
class CallMetrics {

    /** What nothing answers to has no action; what names no slot that there is has no slot. */
    private static final String NONE = "none";

    private static final int NO_SLOT = -1;

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final Slots slots;
    private final Timer journalWait;
    private final Map<String, Map<Integer, Timers>> timers = new ConcurrentHashMap<>();
    private final Map<String, Counter> problems = new ConcurrentHashMap<>();

    CallMetrics(MeterRegistry registry, Slots slots) {
        this.registry = registry;
        this.slots = slots;
        this.journalWait = Timer.builder("slotgate.journal.wait")
                .description("Waits of calls for their record to be on the disk")
                .register(registry);
    }

    /** @throws JournalUnavailable when the record is not on the disk in time */
    void await(Receipt receipt) {
        if (receipt.equals(Receipt.NOTHING)) {
            return;
        }
        long start = System.nanoTime();
        try {
            receipt.await();
        } finally {
            journalWait.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** A call has ended with this status. */
    void count(AuditTrail call, int status) {
        String action = call.action() == null ? NONE : call.action();
        timers.computeIfAbsent(action, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(known(call.slot()), slot -> timers(action, slot))
                .of(Outcome.of(status))
                .record(call.nanos(), TimeUnit.NANOSECONDS);
        String problem = call.problem();
        if (problem != null) {
            problems.computeIfAbsent(problem, this::problem).increment();
        }
    }

    private int known(@Nullable Integer slot) {
        return slot != null && slots.ids().contains(new SlotId(slot)) ? slot : NO_SLOT;
    }

    /** All outcomes at once, so that the first failure is seen as one more and not as a beginning. */
    private Timers timers(String action, int slot) {
        return new Timers(
                timer(action, slot, Outcome.SUCCESS),
                timer(action, slot, Outcome.REFUSED),
                timer(action, slot, Outcome.FAILED));
    }

    private Timer timer(String action, int slot, Outcome outcome) {
        return Timer.builder("slotgate.requests")
                .tags("action", action, "slot", slot == NO_SLOT ? NONE : String.valueOf(slot))
                .tag("outcome", outcome.word())
                .description("Calls from their first byte to their answer, and items of batches")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    private Counter problem(String code) {
        return Counter.builder("slotgate.problems")
                .tag("code", code)
                .description("Calls that were answered with a problem, by its code")
                .register(registry);
    }

    /** Of the calls of one action to one slot. */
    private record Timers(Timer success, Timer refused, Timer failed) {

        Timer of(Outcome outcome) {
            return switch (outcome) {
                case SUCCESS -> success;
                case REFUSED -> refused;
                case FAILED -> failed;
            };
        }
    }
}
