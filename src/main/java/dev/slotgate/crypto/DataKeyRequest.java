package dev.slotgate.crypto;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /slots/{slot}/datakey}.
 *
 * @param size in bits
 * @param plaintext false for one that is not to be answered in the clear
 */
record DataKeyRequest(
        @Nullable String key,
        @Nullable Integer size,
        @Nullable Boolean plaintext) {}
