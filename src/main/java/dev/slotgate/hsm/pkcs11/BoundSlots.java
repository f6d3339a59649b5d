package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The slots of the gateway by their ids, for as long as it runs. */
final class BoundSlots implements Slots, AutoCloseable {

    private final Modules modules;
    private final Map<SlotId, BoundSlot> slots = new TreeMap<>();

    BoundSlots(Modules modules, List<BoundSlot> bound) {
        this.modules = modules;
        bound.forEach(slot -> slots.put(slot.id(), slot));
        slots.values().forEach(BoundSlot::warmUp);
    }

    @Override
    public SortedMap<SlotId, SlotStatus> statuses() {
        var statuses = new TreeMap<SlotId, SlotStatus>();
        slots.forEach((id, slot) -> statuses.put(id, slot.status()));
        return statuses;
    }

    @Override
    public Slot get(SlotId slot) {
        return bound(slot).describe();
    }

    /** @throws HsmException SLOT_NOT_FOUND */
    BoundSlot bound(SlotId id) {
        BoundSlot slot = slots.get(id);
        if (slot == null) {
            throw HsmException.slotNotFound(id.toString());
        }
        return slot;
    }

    @Override
    public void close() {
        for (BoundSlot slot : slots.values()) {
            if (!slot.close()) {
                modules.callHangs();
            }
        }
    }
}
