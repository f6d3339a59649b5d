package dev.slotgate.crypto;

import org.jspecify.annotations.Nullable;

/** The body of {@code POST /slots/{slot}/decrypt}: what encrypt answered, and what it was given beside the plaintext. */
@SuppressWarnings("ArrayRecordComponent") // read once from JSON, never compared
record DecryptRequest(
        @Nullable String key,
        @Nullable String algorithm,
        byte @Nullable [] ciphertext,
        byte @Nullable [] iv,
        byte @Nullable [] tag,
        byte @Nullable [] aad,
        byte @Nullable [] label) {}
