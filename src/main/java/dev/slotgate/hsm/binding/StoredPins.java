package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.TokenIdentity;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The user PINs: in the file that the slot's configuration names, or, for a slot without one, from the general source. */
final class StoredPins implements SlotPins {

    private final Map<SlotId, PinFile> configured;
    private final PinSource automatic;

    StoredPins(HsmSettings settings, PinSource automatic) {
        this.configured = settings.slots().stream()
                .collect(Collectors.toMap(
                        slot -> new SlotId(Objects.requireNonNull(slot.id())),
                        slot -> new PinFile(slot.userPinFile())));
        this.automatic = automatic;
    }

    @Override
    public Optional<Pin> userPin(SlotId slot, TokenIdentity token) {
        PinSource file = configured.get(slot);
        return (file == null ? automatic : file).userPin(token);
    }
}
