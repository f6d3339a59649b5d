package dev.slotgate.hsm;

/**
 * PINs as callers give them: judged and changed, as often as the limits on wrong ones allow. All PINs stay the caller's, to be
 * wiped. Who calls is named as the limits count it.
 *
 * <p>Every call may throw HsmException: TOO_MANY_ATTEMPTS before anything is done, PIN_INCORRECT, PIN_LOCKED or PIN_TRIES_LOW for
 * the PIN that is judged, PIN_POLICY for a new one.
 */
public interface CallersPins {

    /** Compares with the PIN that the gateway knows, which costs no try. @throws HsmException SLOT_LOCKED when it knows none */
    void checkUserPin(String caller, SlotId slot, Pin pin);

    /** Has the token judge it, by a login in a clean state. */
    void checkSoPin(String caller, SlotId slot, Pin pin);

    void changeUserPin(String caller, SlotId slot, Pin current, Pin next);

    void changeSoPin(String caller, SlotId slot, Pin current, Pin next);

    /** As the SO. */
    void resetUserPin(String caller, SlotId slot, Pin soPin, Pin next);

    /**
     * Initialises the token, which destroys all its objects. Nobody but the gateway knows the user PIN, until the SO sets one.
     *
     * @param label at most 32 bytes of UTF-8
     * @param soPin the one that the token has; that of a blank token is chosen with it
     */
    void initialise(String caller, SlotId slot, String label, Pin soPin);
}
