package dev.slotgate.hsm;

import java.util.Set;
import java.util.SortedMap;

/** The slots of this gateway. */
public interface Slots {

    /** Their ids, without asking anybody. */
    Set<SlotId> ids();

    /** Every slot by id, as the gateway knows it without asking the token. */
    SortedMap<SlotId, SlotStatus> statuses();

    /**
     * Asks the token.
     *
     * @throws HsmException SLOT_NOT_FOUND
     */
    Slot get(SlotId slot);

    /**
     * Asks the token what it can do.
     *
     * @throws HsmException SLOT_NOT_FOUND, or TOKEN_UNAVAILABLE
     */
    TokenMechanisms mechanisms(SlotId slot);
}
