package dev.slotgate.ops;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The numbers of each slot for the monitoring; a slot that comes later has its own from the scrape after on. */
@Component
class SlotMetrics implements MeterBinder {

    private static final String SLOT = "slot";

    private final SlotStatuses statuses;

    @Autowired
    SlotMetrics(Slots slots) {
        this(new SlotStatuses(slots, System::nanoTime));
    }

    SlotMetrics(SlotStatuses statuses) {
        this.statuses = statuses;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        var known = ConcurrentHashMap.<SlotId>newKeySet();
        bindNew(registry, known);
        Gauge.builder("slotgate.slots", () -> bindNew(registry, known))
                .description("Slots that the gateway knows")
                .register(registry);
    }

    /** The gauge that every scrape reads is the place where new slots are noticed. */
    private int bindNew(MeterRegistry registry, Set<SlotId> known) {
        Set<SlotId> all = statuses.get().keySet();
        all.stream().filter(known::add).forEach(slot -> bind(slot, registry));
        return all.size();
    }

    private void bind(SlotId slot, MeterRegistry registry) {
        gauge(
                registry,
                slot,
                "sessions.max",
                "Sessions that the slot may open",
                s -> s.sessions().max());
        gauge(
                registry,
                slot,
                "sessions.open",
                "Sessions that are open, lent or idle",
                s -> s.sessions().open());
        gauge(
                registry,
                slot,
                "sessions.in.use",
                "Sessions that are lent",
                s -> s.sessions().inUse());
        gauge(
                registry,
                slot,
                "sessions.waiting",
                "Callers that wait for a session",
                s -> s.sessions().waiting());
        gauge(registry, slot, "hung.calls", "Calls that were given up and have not come back", SlotStatus::hungCalls);
        gauge(registry, slot, "slot.ready", "1 when the slot's keys can be used, else 0", SlotMetrics::ready);
        counter(registry, slot, "logins", "Logins of the user that were sent to the token", SlotStatus::logins);
        counter(
                registry,
                slot,
                "calls.given.up",
                "Calls that did not answer within their deadline",
                SlotStatus::givenUpCalls);
        counter(registry, slot, "recoveries", "Times the user was logged in anew", SlotStatus::recoveries);
    }

    private void gauge(
            MeterRegistry registry, SlotId slot, String name, String help, ToDoubleFunction<SlotStatus> number) {
        Gauge.builder("slotgate." + name, statuses, all -> of(slot, all, number))
                .tag(SLOT, slot.toString())
                .description(help)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, SlotId slot, String name, String help, ToDoubleFunction<SlotStatus> number) {
        FunctionCounter.builder("slotgate." + name, statuses, all -> of(slot, all, number))
                .tag(SLOT, slot.toString())
                .description(help)
                .register(registry);
    }

    private static double of(SlotId slot, SlotStatuses statuses, ToDoubleFunction<SlotStatus> number) {
        SlotStatus status = statuses.get().get(slot);
        return status == null ? Double.NaN : number.applyAsDouble(status);
    }

    private static int ready(SlotStatus slot) {
        return slot.state() == SlotState.READY ? 1 : 0;
    }
}
