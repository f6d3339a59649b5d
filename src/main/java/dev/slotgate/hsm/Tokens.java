package dev.slotgate.hsm;

import java.util.Set;

/** The tokens of the modules, whether a slot is bound to them or not. */
public interface Tokens {

    /** The labels of the tokens that are ready to use: initialised, with a user PIN. */
    Set<String> labels();

    /**
     * Makes a token ready to use: initialises a blank one under the label, or, when an earlier attempt was cut short, the
     * one that has the label and no user PIN, and sets its user PIN.
     *
     * @param label at most 32 bytes
     * @throws HsmException TOKEN_UNAVAILABLE when no module has a blank token, or whatever the token made of it
     */
    void provision(String label, Pin soPin, Pin userPin);
}
