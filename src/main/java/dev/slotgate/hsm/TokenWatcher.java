package dev.slotgate.hsm;

/** Is told what becomes of tokens. */
public interface TokenWatcher {

    /** Every object of the token is gone: what was known of them is void. */
    void wasInitialised(TokenIdentity token);
}
