package dev.slotgate.hsm;

/** Whose PIN: that of the user, who works with the keys, or that of the Security Officer (SO), who sets the user's. */
public enum PinRole {
    USER,
    SO
}
