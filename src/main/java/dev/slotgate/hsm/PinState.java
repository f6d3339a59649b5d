package dev.slotgate.hsm;

/** What is to be known of a slot's user PIN. */
public enum PinState {
    OK,
    /** One of the well-known PINs that tokens are delivered with. */
    DEFAULT,
    TO_BE_CHANGED,
    NOT_INITIALIZED
}
