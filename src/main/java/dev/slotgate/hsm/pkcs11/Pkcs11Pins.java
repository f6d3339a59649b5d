package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenPins;

/** The PINs of the tokens in the bound slots. */
final class Pkcs11Pins implements TokenPins {

    private final BoundSlots slots;

    Pkcs11Pins(BoundSlots slots) {
        this.slots = slots;
    }

    @Override
    public void check(SlotId slot, PinRole role, Pin pin, boolean spendTry) {
        slots.bound(slot)
                .withPins(
                        (changes, pins) -> {
                            changes.check(role, pins.getFirst(), spendTry);
                            return true;
                        },
                        pin);
    }

    @Override
    public void change(SlotId slot, PinRole role, Pin current, Pin next, boolean spendTry) {
        slots.bound(slot)
                .withPins(
                        (changes, pins) -> {
                            changes.change(role, pins.getFirst(), pins.getLast(), spendTry);
                            return true;
                        },
                        current,
                        next);
    }

    @Override
    public void resetUserPin(SlotId slot, Pin soPin, Pin next, boolean spendTry) {
        slots.bound(slot)
                .withPins(
                        (changes, pins) -> {
                            changes.resetUserPin(pins.getFirst(), pins.getLast(), spendTry);
                            return true;
                        },
                        soPin,
                        next);
    }

    @Override
    public void initialise(SlotId slot, String label, Pin soPin, Pin userPin, boolean spendTry) {
        slots.bound(slot).initialise(label, soPin, userPin, spendTry);
    }

    @Override
    public boolean isChanged(SlotId slot, Pin soPin, Pin next) {
        return slots.bound(slot)
                .withPins((changes, pins) -> changes.isChanged(pins.getFirst(), pins.getLast()), soPin, next);
    }

    @Override
    public void logInAnew(SlotId slot) {
        slots.bound(slot).logInAnew();
    }
}
