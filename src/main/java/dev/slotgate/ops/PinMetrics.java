package dev.slotgate.ops;

import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Slots;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What each token says of its PINs. */
@Component
class PinMetrics implements MeterBinder {

    private static final List<Pin> PINS = List.of(new Pin("user", Slot::userPin), new Pin("so", Slot::soPin));

    private static final List<Tries> TRIES = List.of(
            new Tries("low", PinFlags::countLow),
            new Tries("final", PinFlags::finalTry),
            new Tries("locked", PinFlags::locked));

    private final Slots slots;
    private final SlotDescriptions descriptions;

    PinMetrics(Slots slots) {
        this.slots = slots;
        this.descriptions = new SlotDescriptions(slots, System::nanoTime);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        slots.ids().forEach(slot -> bind(slot, registry));
    }

    private void bind(SlotId slot, MeterRegistry registry) {
        for (PinState state : PinState.values()) {
            gauge(
                    registry,
                    "slotgate.pin.state",
                    "1 for the state that the slot's user PIN is in, 0 for the others",
                    Tags.of("state", state.name().toLowerCase(Locale.ROOT).replace('_', '-')),
                    slot,
                    seen -> seen.pinState() == state);
        }
        for (Pin pin : PINS) {
            for (Tries tries : TRIES) {
                gauge(
                        registry,
                        "slotgate.pin.tries",
                        "1 when the token says of the PIN that tries are low, that the next is the final one, or that it is locked",
                        Tags.of("pin", pin.name, "left", tries.word),
                        slot,
                        seen -> tries.holds.test(pin.of.apply(seen)));
            }
        }
    }

    private void gauge(
            MeterRegistry registry, String name, String help, Tags tags, SlotId slot, Predicate<Slot> holds) {
        Gauge.builder(name, descriptions, all -> of(all.get().get(slot), holds))
                .tags(tags.and("slot", slot.toString()))
                .description(help)
                .register(registry);
    }

    private static double of(@Nullable Slot seen, Predicate<Slot> holds) {
        return seen == null ? Double.NaN : holds.test(seen) ? 1 : 0;
    }

    private record Pin(String name, Function<Slot, PinFlags> of) {}

    private record Tries(String word, Predicate<PinFlags> holds) {}
}
