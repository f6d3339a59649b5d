package dev.slotgate.hsm;

import org.jspecify.annotations.Nullable;

/** The order for a key that was made elsewhere. Whoever gave it closes it. */
public record ImportedKey(KeyId id, @Nullable String label, KeyMaterial material, Usage usage, boolean extractable)
        implements KeyOrder, AutoCloseable {

    @Override
    public KeyClass keyClass() {
        return material.keyClass();
    }

    @Override
    public void close() {
        material.close();
    }
}
