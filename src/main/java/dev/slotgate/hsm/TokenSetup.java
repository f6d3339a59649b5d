package dev.slotgate.hsm;

import java.util.Map;

/** Has a say before slots are bound: the place to make tokens. */
public interface TokenSetup {

    /** Environment variables that the modules must see; whatever they name must be there by then. */
    Map<String, String> environment();

    /** Runs when the modules are loaded. */
    void prepare(Tokens tokens);
}
