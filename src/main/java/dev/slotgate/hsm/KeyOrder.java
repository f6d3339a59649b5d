package dev.slotgate.hsm;

import org.jspecify.annotations.Nullable;

/** The order for a key that is to be on a token: whichever way it comes there, it is for one purpose and never in the clear. */
public sealed interface KeyOrder permits NewKey, ImportedKey, UnwrappedKey {

    /** Chosen by the caller, so that a key whose answer was lost can be found again. */
    KeyId id();

    /** CKA_LABEL; no other key of the slot has it. */
    @Nullable
    String label();

    Usage usage();

    /** Whether the key may leave the token, wrapped. */
    boolean extractable();

    /** What the token holds of it in the end. */
    KeyClass keyClass();
}
