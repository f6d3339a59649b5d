package dev.slotgate.hsm;

/** Which token a slot stands for, without asking it. */
public interface SlotTokens {

    /** @throws HsmException SLOT_NOT_FOUND, or TOKEN_UNAVAILABLE as long as the token was never there */
    TokenIdentity of(SlotId slot);
}
