package dev.slotgate.hsm;

import java.util.List;

/** The user PINs that the gateway knows, by the slots that it logs in to. */
public interface SlotPins {

    /**
     * The slot's user PIN; several while it is not known which of them the token has, in the order in which they are to be
     * tried; none when none is known. The caller wipes them.
     *
     * @throws HsmException DATABASE_UNAVAILABLE
     */
    List<Pin> userPins(SlotId slot, TokenIdentity token);

    /** The token accepted the PIN. @throws HsmException DATABASE_UNAVAILABLE */
    void accepted(SlotId slot, TokenIdentity token, Pin pin);

    /** None is known any more, until one is accepted. @throws HsmException DATABASE_UNAVAILABLE */
    void forget(SlotId slot, TokenIdentity token);
}
