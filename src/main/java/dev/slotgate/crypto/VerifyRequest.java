package dev.slotgate.crypto;

import org.jspecify.annotations.Nullable;

/** The body of {@code POST /slots/{slot}/verify}. */
@SuppressWarnings("ArrayRecordComponent") // read once from JSON, never compared
record VerifyRequest(
        @Nullable String key,
        @Nullable String algorithm,
        byte @Nullable [] message,
        byte @Nullable [] digest,
        byte @Nullable [] signature,
        @Nullable String format) {}
