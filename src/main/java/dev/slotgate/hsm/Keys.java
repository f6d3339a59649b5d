package dev.slotgate.hsm;

import java.util.List;

/** The keys on the tokens. The token is the truth about which keys exist; only {@link #find} may answer from memory. */
public interface Keys {

    /**
     * Generates a key pair and reads it back.
     *
     * @throws HsmException OUTCOME_UNKNOWN when the token may have made it; after any other failure there is no such key
     */
    @ChangesToken
    Key generate(SlotId slot, NewKey order);

    /** Every key with a CKA_ID, by id. */
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
    Key find(SlotId slot, String idOrLabel);

    /**
     * Settles what became of a generation that was cut short: destroys what is not a whole key.
     *
     * @return whether the key is there, whole
     * @throws HsmException SLOT_BUSY while a call hangs that may still make it
     */
    boolean settle(SlotId slot, KeyId key);
}
