package dev.slotgate.hsm;

import org.jspecify.annotations.Nullable;

/**
 * The order for a new key. The id is chosen by the caller, so that a key whose answer was lost can be found again. An
 * extractable key may leave the token, but only wrapped.
 */
public record NewKey(KeyId id, @Nullable String label, KeySpec spec, Usage usage, boolean extractable) {}
