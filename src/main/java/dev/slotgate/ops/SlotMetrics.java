package dev.slotgate.ops;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.Timing;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The numbers of each slot for the monitoring; a slot that comes later has its own from the scrape after on. */
@Component
class SlotMetrics implements MeterBinder {

    private static final String SLOT = "slot";

    private static final List<Figure> GAUGES = List.of(
            new Figure(
                    "sessions.max",
                    "Sessions that the slot may open",
                    s -> s.sessions().max()),
            new Figure(
                    "sessions.open",
                    "Sessions that are open, lent or idle",
                    s -> s.sessions().open()),
            new Figure(
                    "sessions.in.use",
                    "Sessions that are lent",
                    s -> s.sessions().inUse()),
            new Figure(
                    "sessions.waiting",
                    "Callers that wait for a session",
                    s -> s.sessions().waiting()),
            new Figure("hung.calls", "Calls that were given up and have not come back", SlotStatus::hungCalls),
            new Figure("slot.ready", "1 when the slot's keys can be used, else 0", s -> is(s, SlotState.READY)));

    private static final List<Figure> COUNTERS = List.of(
            new Figure("logins", "Logins of the user that were sent to the token", SlotStatus::logins),
            new Figure("calls.given.up", "Calls that did not answer within their deadline", SlotStatus::givenUpCalls),
            new Figure("recoveries", "Times the user was logged in anew", SlotStatus::recoveries));

    private static final List<Times> TIMERS = List.of(
            new Times("session.wait", "Waits for a session, of callers that found none free", SlotStatus::waits),
            new Times("session.use", "Time that sessions were lent, one call of a token each", SlotStatus::uses));

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
        String id = slot.toString();
        GAUGES.forEach(row -> Gauge.builder("slotgate." + row.name, statuses, all -> of(slot, all, row.value))
                .tag(SLOT, id)
                .description(row.help)
                .register(registry));
        COUNTERS.forEach(
                row -> FunctionCounter.builder("slotgate." + row.name, statuses, all -> of(slot, all, row.value))
                        .tag(SLOT, id)
                        .description(row.help)
                        .register(registry));
        TIMERS.forEach(row -> FunctionTimer.builder(
                        "slotgate." + row.name,
                        statuses,
                        all -> (long) of(slot, all, s -> row.value.apply(s).count()),
                        all -> of(slot, all, s -> row.value.apply(s).total().toNanos()),
                        TimeUnit.NANOSECONDS)
                .tag(SLOT, id)
                .description(row.help)
                .register(registry));
        for (SlotState state : SlotState.values()) {
            Gauge.builder("slotgate.slot.state", statuses, all -> of(slot, all, s -> is(s, state)))
                    .tags(SLOT, id, "state", state.name().toLowerCase(Locale.ROOT))
                    .description("1 for the state that the slot is in, 0 for the others")
                    .register(registry);
        }
    }

    private static double of(SlotId slot, SlotStatuses statuses, ToDoubleFunction<SlotStatus> number) {
        SlotStatus status = statuses.get().get(slot);
        return status == null ? Double.NaN : number.applyAsDouble(status);
    }

    private static int is(SlotStatus slot, SlotState state) {
        return slot.state() == state ? 1 : 0;
    }

    private record Figure(String name, String help, ToDoubleFunction<SlotStatus> value) {}

    private record Times(String name, String help, Function<SlotStatus, Timing> value) {}
}
