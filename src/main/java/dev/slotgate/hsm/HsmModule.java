package dev.slotgate.hsm;

import java.util.List;

/**
 * A PKCS#11 module with the slots that are bound to its tokens, in this process or another one. Its life: it is loaded,
 * tokens are made ready, slots are bound once, it is started, used and closed.
 */
public interface HsmModule extends AutoCloseable {

    /** Every token that is in one of its slots, initialised or not. */
    List<PresentToken> tokens();

    /** Makes a token ready before slots are bound. @see Tokens#provision */
    void provision(String label, Pin soPin, Pin userPin);

    /** Says which slots there are; once. */
    void bind(List<SlotBinding> bindings);

    /** Finds the tokens and logs in ahead of the first caller; a slot that cannot says why when it is used. */
    void start();

    /** How it runs, without asking it. */
    ModuleStatus status();

    Slots slots();

    SlotTokens slotTokens();

    Keys keys();

    KeyWrapping wrapping();

    Certificates certificates();

    Signer signer();

    KeyCrypto crypto();

    MacStreams macStreams();

    UserLogins logins();

    TokenPins pins();

    /** Lets the operations that run finish, within bounds, logs out and lets go of the library. */
    @Override
    void close();
}
