package dev.slotgate.hsm;

import java.util.SortedMap;

/** The slots of this gateway. */
public interface Slots {

    /** Every slot by id, as the gateway knows it without asking the token. */
    SortedMap<SlotId, SlotStatus> statuses();

    /**
     * Asks the token.
     *
     * @throws HsmException SLOT_NOT_FOUND
     */
    Slot get(SlotId slot);
}
