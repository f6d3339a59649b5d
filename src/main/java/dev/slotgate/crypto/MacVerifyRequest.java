package dev.slotgate.crypto;

import org.jspecify.annotations.Nullable;

/** The body of {@code POST /slots/{slot}/mac/verify}. */
@SuppressWarnings("ArrayRecordComponent") // read once from JSON, never compared
record MacVerifyRequest(
        @Nullable String key, @Nullable String algorithm, byte @Nullable [] message, byte @Nullable [] mac) {}
