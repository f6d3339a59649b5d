package dev.slotgate.hsm;

import org.jspecify.annotations.Nullable;

/** The order for a key that the token makes. */
public record NewKey(KeyId id, @Nullable String label, KeySpec spec, Usage usage, boolean extractable)
        implements KeyOrder {

    @Override
    public KeyClass keyClass() {
        return spec.type().keyClass();
    }
}
