package dev.slotgate.slot;

import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.Slot;
import java.util.Locale;

/** A slot as the API shows it. */
record SlotResponse(
        int id,
        String binding,
        String label,
        String serial,
        String uri,
        String manufacturer,
        String model,
        String hardwareVersion,
        String firmwareVersion,
        String state,
        String pinState,
        PinFlags userPin,
        PinFlags soPin,
        long minPinLength,
        long maxPinLength,
        SessionCounts sessions) {

    static SlotResponse of(Slot slot) {
        return new SlotResponse(
                slot.id().value(),
                slot.automatic() ? "automatic" : "configured",
                slot.label(),
                slot.serial(),
                slot.uri(),
                slot.manufacturer(),
                slot.model(),
                slot.hardwareVersion(),
                slot.firmwareVersion(),
                word(slot.state()),
                word(slot.pinState()),
                slot.userPin(),
                slot.soPin(),
                slot.minPinLength(),
                slot.maxPinLength(),
                slot.sessions());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
