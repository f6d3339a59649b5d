package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SideBySide;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.TokenMechanisms;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The slots of a module by their ids, for as long as it is loaded. */
final class BoundSlots implements Slots, SlotTokens {

    private final Map<SlotId, BoundSlot> slots = new TreeMap<>();

    BoundSlots(List<BoundSlot> bound) {
        bound.forEach(slot -> slots.put(slot.id(), slot));
    }

    /** Finds every token and logs in. */
    void start() {
        SideBySide.each(slots.values(), BoundSlot::start);
    }

    @Override
    public Set<SlotId> ids() {
        return slots.keySet();
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

    @Override
    public TokenMechanisms mechanisms(SlotId slot) {
        return bound(slot).mechanisms();
    }

    @Override
    public TokenIdentity of(SlotId slot) {
        TokenIdentity identity = bound(slot).identity();
        if (identity.serial().isEmpty()) {
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The slot's token was not there yet.");
        }
        return identity;
    }

    /** @throws HsmException SLOT_NOT_FOUND */
    BoundSlot bound(SlotId id) {
        BoundSlot slot = slots.get(id);
        if (slot == null) {
            throw HsmException.slotNotFound(id.toString());
        }
        return slot;
    }

    /** Closes every session. False when a call hangs in one of them. */
    boolean close() {
        var closed = new AtomicBoolean(true);
        SideBySide.each(slots.values(), slot -> {
            if (!slot.close()) {
                closed.set(false);
            }
        });
        return closed.get();
    }
}
