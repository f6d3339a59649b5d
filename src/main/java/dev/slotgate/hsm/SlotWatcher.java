package dev.slotgate.hsm;

/** Is told when a slot can be used: at the start, and when it is back after trouble. */
public interface SlotWatcher {

    /** The user is logged in; called on a thread of its own, so that it may use the slot. */
    void becameReady(SlotId slot, TokenIdentity token);
}
