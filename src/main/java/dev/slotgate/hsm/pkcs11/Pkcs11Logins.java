package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.UserLogins;

/** The logins to the bound slots. */
final class Pkcs11Logins implements UserLogins {

    private final BoundSlots slots;

    Pkcs11Logins(BoundSlots slots) {
        this.slots = slots;
    }

    @Override
    public void unlock(SlotId slot, Pin pin, boolean spendTry) {
        slots.bound(slot).unlock(pin, spendTry);
    }

    @Override
    public void lock(SlotId slot) {
        slots.bound(slot).lock();
    }
}
