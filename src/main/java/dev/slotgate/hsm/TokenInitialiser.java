package dev.slotgate.hsm;

/** Begins a token anew, with all that the gateway knows of it. */
public interface TokenInitialiser {

    /**
     * Initialises the token of a slot; every object of it is destroyed.
     *
     * @param caller who wants it, as the access token says: wrong PINs are counted
     * @param label of the token from now on, at most 32 bytes of UTF-8
     * @param confirm the label of the token as it is; empty for a blank one
     * @param soPin the SO PIN that the token has; that of a blank token is chosen with it
     * @param spendTry whether one try of the SO PIN may be spent although the token counts wrong ones
     * @throws HsmException CONFIRMATION_WRONG, PIN_INCORRECT, PIN_LOCKED, PIN_TRIES_LOW, PIN_POLICY, TOO_MANY_ATTEMPTS
     */
    void initialise(String caller, SlotId slot, String label, String confirm, Pin soPin, Pin userPin, boolean spendTry);
}
