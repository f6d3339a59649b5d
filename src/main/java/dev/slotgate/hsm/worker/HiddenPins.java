package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;

/** The user PINs as a worker sees them that is to try another one: not that of the slot in question. */
record HiddenPins(SlotPins known, SlotId hidden) implements SlotPins {

    @Override
    public List<Pin> userPins(SlotId slot, TokenIdentity token) {
        if (slot.equals(hidden)) {
            throw new HsmException(HsmFailure.SLOT_BUSY, "The slot's user PIN is being tried.");
        }
        return known.userPins(slot, token);
    }

    @Override
    public void accepted(SlotId slot, TokenIdentity token, Pin pin) {
        known.accepted(slot, token, pin);
    }

    @Override
    public void forget(SlotId slot, TokenIdentity token) {
        known.forget(slot, token);
    }
}
