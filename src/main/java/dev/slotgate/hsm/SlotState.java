package dev.slotgate.hsm;

/** What a slot can do now. */
public enum SlotState {
    /** Logged in: keys can be used. */
    READY,
    /** The user PIN is not known to the gateway, or was refused. */
    LOCKED,
    /** There is a token, but it was never initialised. */
    UNINITIALIZED,
    /** The token is not there. */
    ABSENT,
    /** The token is there and does not work. */
    DEGRADED
}
