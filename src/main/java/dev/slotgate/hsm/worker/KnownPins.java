package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.TokenIdentity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The user PINs that workers log in with: the one that somebody gave, else the stored one, and none once it was taken away. */
final class KnownPins implements SlotPins {

    private final SlotPins stored;
    private final Map<SlotId, Pin> given = new HashMap<>();
    private final Set<SlotId> forgotten = new HashSet<>();

    KnownPins(SlotPins stored) {
        this.stored = stored;
    }

    @Override
    public synchronized Optional<Pin> userPin(SlotId slot, TokenIdentity token) {
        if (forgotten.contains(slot)) {
            return Optional.empty();
        }
        Pin pin = given.get(slot);
        return pin == null ? stored.userPin(slot, token) : Optional.of(pin.copy());
    }

    /** The token accepted it. */
    synchronized void given(SlotId slot, Pin pin) {
        Pin accepted = pin.copy();
        forget(slot);
        given.put(slot, accepted);
        forgotten.remove(slot);
    }

    /** There is none until one is given. */
    synchronized void forget(SlotId slot) {
        Pin before = given.remove(slot);
        if (before != null) {
            before.close();
        }
        forgotten.add(slot);
    }

    /** These, but for one slot, whose PIN is about to be another one. */
    SlotPins without(SlotId slot) {
        return (asked, token) -> asked.equals(slot) ? Optional.empty() : userPin(asked, token);
    }
}
