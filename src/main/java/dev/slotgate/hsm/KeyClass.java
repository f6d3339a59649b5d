package dev.slotgate.hsm;

/** What a token holds of a key: the private half (with or without the public one), a secret, or a public half alone. */
public enum KeyClass {
    PRIVATE,
    SECRET,
    PUBLIC
}
