package dev.slotgate.security;

/** How many calls are taken of a client and to a slot, by whichever way they come. */
public interface CallLimits {

    /** Counts a call of the caller to the slot. @return whether it is taken */
    boolean takes(Caller caller, int slot);
}
