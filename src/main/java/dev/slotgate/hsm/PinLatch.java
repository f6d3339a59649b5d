package dev.slotgate.hsm;

/**
 * Remembers which user PIN a token refused, also over restarts: such a PIN is never sent again until somebody gives one
 * anew. It holds no PIN and nothing that a PIN can be guessed from without the master key.
 */
public interface PinLatch {

    /**
     * Whether the token refused this very PIN before.
     *
     * @throws HsmException DATABASE_UNAVAILABLE when that is not known: nobody may send the PIN then
     */
    boolean holds(TokenIdentity token, Pin pin);

    /** The token refused the PIN. */
    void latch(TokenIdentity token, Pin pin);

    /**
     * Somebody gave this very PIN for the token: it may be tried.
     *
     * @throws HsmException DATABASE_UNAVAILABLE when that cannot be written down
     */
    void release(TokenIdentity token, Pin pin);
}
