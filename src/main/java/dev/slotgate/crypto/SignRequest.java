package dev.slotgate.crypto;

import org.jspecify.annotations.Nullable;

/** The body of {@code POST /slots/{slot}/sign}. */
@SuppressWarnings("ArrayRecordComponent") // read once from JSON, never compared
record SignRequest(
        @Nullable String key,
        @Nullable String algorithm,
        byte @Nullable [] message,
        byte @Nullable [] digest,
        @Nullable String format) {}
