package dev.slotgate.hsm;

import java.util.List;

/** The slots of this gateway. */
public interface Slots {

    /** Every slot, by id. */
    List<Slot> list();

    /** @throws HsmException SLOT_NOT_FOUND */
    Slot get(SlotId slot);
}
