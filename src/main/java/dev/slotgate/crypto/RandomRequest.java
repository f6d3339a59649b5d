package dev.slotgate.crypto;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /slots/{slot}/random}.
 *
 * @param length in bytes
 */
record RandomRequest(@Nullable Integer length) {}
