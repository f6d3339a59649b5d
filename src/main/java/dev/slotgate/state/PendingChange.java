package dev.slotgate.state;

import org.jspecify.annotations.Nullable;

/**
 * A change of a token's state of which nobody wrote down what became of it.
 *
 * @param kind what was done, for example {@code generate-key}
 * @param key the id of the key that it is about
 */
public record PendingChange(
        String id, String kind, @Nullable String key) {}
