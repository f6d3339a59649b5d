package dev.slotgate.crypto;

import org.jspecify.annotations.Nullable;

/** The body of {@code POST /slots/{slot}/mac}. */
@SuppressWarnings("ArrayRecordComponent") // read once from JSON, never compared
record MacRequest(@Nullable String key, @Nullable String algorithm, byte @Nullable [] message) {}
