package dev.slotgate.hsm;

/** The gateway's own login to the tokens, which callers with the right to it give and take. */
public interface UserLogins {

    /**
     * Gives the gateway a slot's user PIN. The one that is in use already costs no call of the token; another one is checked
     * by one login in a clean state, and stays out of use when the token refuses it.
     *
     * @param pin stays the caller's, to be wiped
     * @param spendTry whether it may be tried although the token counts wrong tries
     * @throws HsmException PIN_INCORRECT, PIN_LOCKED, PIN_TRIES_LOW, DEFAULT_PIN, or whatever else the token made of it
     */
    void unlock(SlotId slot, Pin pin, boolean spendTry);

    /** Lets the operations that run finish, logs out and forgets the PIN. */
    void lock(SlotId slot);
}
