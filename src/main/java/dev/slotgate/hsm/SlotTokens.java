package dev.slotgate.hsm;

/** Which token a slot stands for, without asking it. */
public interface SlotTokens {

    /** @throws HsmException SLOT_NOT_FOUND */
    TokenIdentity of(SlotId slot);
}
