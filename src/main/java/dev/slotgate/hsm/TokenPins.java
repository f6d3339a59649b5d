package dev.slotgate.hsm;

/**
 * Changes of the PINs of a token. The slot is held alone meanwhile: the operations that run finish, others wait, and the user
 * comes back afterwards. All PINs stay the caller's, to be wiped. A PIN that the gateway does not use itself is judged by a
 * login in a clean state, since a token need not count the wrong ones of C_SetPIN, C_InitToken and a session that is logged in.
 *
 * <p>Every call may throw HsmException: PIN_INCORRECT, PIN_LOCKED or PIN_TRIES_LOW for the PIN that it is authorised with,
 * PIN_POLICY when the token does not take the new one, SLOT_BUSY, OUTCOME_UNKNOWN when the token or its answer was lost.
 */
public interface TokenPins {

    /**
     * Judges a PIN.
     *
     * @param spendTry whether it may be tried although the token counts wrong tries
     */
    @ChangesToken
    void check(SlotId slot, PinRole role, Pin pin, boolean spendTry);

    /**
     * Changes a PIN (C_SetPIN, PKCS#11 2.40 section 5.5) and proves by a login that the new one holds. An answer that was lost
     * is made up for by one try of each, the current one first.
     */
    @ChangesToken
    void change(SlotId slot, PinRole role, Pin current, Pin next, boolean spendTry);

    /** Sets the user PIN as the SO (C_InitPIN, section 5.5), also one that is forgotten or locked. */
    @ChangesToken
    void resetUserPin(SlotId slot, Pin soPin, Pin next, boolean spendTry);

    /**
     * Initialises the token (C_InitToken, section 5.5), which destroys all its objects, and sets the user PIN.
     *
     * @param label at most 32 bytes of UTF-8
     * @param soPin the SO PIN that the token has; that of a blank token is chosen with it
     */
    @ChangesToken
    void initialise(SlotId slot, String label, Pin soPin, Pin userPin, boolean spendTry);

    /**
     * Finds out which of two PINs of the SO the token has, by at most one try of each.
     *
     * @return whether it is the second one
     * @throws HsmException PIN_INCORRECT when it is neither
     */
    @ChangesToken
    boolean isChanged(SlotId slot, Pin soPin, Pin next);

    /** Logs the user in anew with the PIN that is known, which settles what was open about it; a slot that cannot is locked. */
    @ChangesToken
    void logInAnew(SlotId slot);
}
