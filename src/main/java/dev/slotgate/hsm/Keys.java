package dev.slotgate.hsm;

import java.util.List;

/** The keys on the tokens. Every call asks the token: it is the truth about which keys exist. */
public interface Keys {

    /**
     * Generates a key pair and reads it back.
     *
     * @throws HsmException LABEL_IN_USE, or whatever the token made of it
     */
    Key generate(SlotId slot, NewKey order);

    /** Every key with a CKA_ID, by id. */
    List<Key> list(SlotId slot);

    /** @throws HsmException KEY_NOT_FOUND, or AMBIGUOUS_KEY when several keys share the id */
    Key get(SlotId slot, KeyId key);

    /**
     * Finds a key by its id or its label; an id wins over a label that reads the same.
     *
     * @throws HsmException KEY_NOT_FOUND, or AMBIGUOUS_KEY with the candidates
     */
    Key find(SlotId slot, String idOrLabel);
}
