package dev.slotgate.hsm;

import java.util.List;

/** The keys on the tokens. The token is the truth about which keys exist; only {@link #find} may answer from memory. */
public interface Keys {

    /**
     * Has the token make a key, and reads it back.
     *
     * @throws HsmException LABEL_IN_USE; OUTCOME_UNKNOWN when the token may have made it; after any other failure there is
     *     no such key
     */
    @ChangesToken
    Key generate(SlotId slot, NewKey order);

    /** Puts a key that was made elsewhere on the token, and reads it back. @throws HsmException as {@link #generate} does */
    @ChangesToken
    Key bringIn(SlotId slot, ImportedKey order);

    /** Every key, by id. */
    @TakesLong
    List<Key> list(SlotId slot);

    /** @throws HsmException KEY_NOT_FOUND, or AMBIGUOUS_KEY when several keys share the id */
    Key get(SlotId slot, KeyId key);

    /**
     * Finds a key for use by its id or its label; an id wins over a label that reads the same. What was found once is
     * remembered: a use of it tells whether it is still there.
     *
     * @throws HsmException KEY_NOT_FOUND, AMBIGUOUS_KEY with the candidates, or KEY_CHANGED when its public key is no longer
     *     the one that was used before
     */
    @FromMemory
    Key find(SlotId slot, String idOrLabel);

    /** Forgets what is remembered of the slot's keys, everywhere: they were changed behind the gateway's back. */
    @ChangesToken
    void lookAnew(SlotId slot);

    /**
     * Gives a key another label, on both halves.
     *
     * @throws HsmException LABEL_IN_USE, or REFUSED_BY_TOKEN for a key that cannot be changed
     */
    @ChangesToken
    Key relabel(SlotId slot, KeyId key, String label);

    /**
     * Hands a label on: while it passes, nobody finds it on two keys or on none.
     *
     * @param heir gets the label
     * @param left what the key that had it is called from then on
     */
    @ChangesToken
    Key handLabelOn(SlotId slot, KeyId key, String left, KeyId heir, String label);

    /** Destroys whatever has the id, and looks that nothing is left. @throws HsmException KEY_NOT_FOUND */
    @ChangesToken
    void destroy(SlotId slot, KeyId key);

    /**
     * Settles what became of a key that was to be made: destroys what is not a whole one.
     *
     * @param whole what a whole one is
     * @return whether the key is there, whole
     * @throws HsmException SLOT_BUSY while a call hangs that may still make it
     */
    @ChangesToken
    boolean settle(SlotId slot, KeyId key, KeyClass whole);
}
