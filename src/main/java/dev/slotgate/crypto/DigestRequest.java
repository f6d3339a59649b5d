package dev.slotgate.crypto;

import org.jspecify.annotations.Nullable;

/** The body of {@code POST /slots/{slot}/digest}. */
@SuppressWarnings("ArrayRecordComponent") // read once from JSON, never compared
record DigestRequest(@Nullable String algorithm, byte @Nullable [] message) {}
