package dev.slotgate.hsm;

import java.util.SortedMap;

/** The slots of this gateway. */
public interface Slots {

    /** Every slot by id, and its state as the gateway knows it without asking the token. */
    SortedMap<SlotId, SlotState> states();

    /**
     * Asks the token.
     *
     * @throws HsmException SLOT_NOT_FOUND
     */
    Slot get(SlotId slot);
}
