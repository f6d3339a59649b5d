package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.PinStore;
import dev.slotgate.hsm.ReservedToken;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.TokenIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The user PINs: those of the store, and for a token of which it has none the one in the file that the slot's configuration
 * names or, for a slot without one, that of the general source. A seed goes into the store when the token has accepted it.
 */
final class SeededPins implements SlotPins {

    private final Map<SlotId, PinFile> configured;
    private final PinSource automatic;
    private final PinStore store;
    private final Set<SlotId> forgotten = ConcurrentHashMap.newKeySet();

    SeededPins(HsmSettings settings, @Nullable ReservedToken reserved, PinSource automatic, PinStore store) {
        this.configured = new HashMap<>();
        settings.slots()
                .forEach(slot ->
                        configured.put(new SlotId(Objects.requireNonNull(slot.id())), new PinFile(slot.userPinFile())));
        if (reserved != null) {
            configured.put(ReservedToken.SLOT, new PinFile(reserved.userPinFile()));
        }
        this.automatic = automatic;
        this.store = store;
    }

    @Override
    public List<Pin> userPins(SlotId slot, TokenIdentity token) {
        if (forgotten.contains(slot)) {
            return List.of();
        }
        List<Pin> stored = store.userPins(token);
        if (!stored.isEmpty()) {
            return stored;
        }
        PinSource file = configured.get(slot);
        return (file == null ? automatic : file).userPin(token).stream().toList();
    }

    @Override
    public void accepted(SlotId slot, TokenIdentity token, Pin pin) {
        forgotten.remove(slot);
        store.accepted(token, pin);
    }

    @Override
    public void forget(SlotId slot, TokenIdentity token) {
        forgotten.add(slot);
        store.forget(token);
    }
}
