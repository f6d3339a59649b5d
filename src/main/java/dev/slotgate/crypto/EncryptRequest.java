package dev.slotgate.crypto;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /slots/{slot}/encrypt}. The gateway makes the IV.
 *
 * @param aad for GCM: what is authenticated and not encrypted
 * @param label for RSA-OAEP: the label L (RFC 8017 section 7.1.1)
 */
@SuppressWarnings("ArrayRecordComponent") // read once from JSON, never compared
record EncryptRequest(
        @Nullable String key,
        @Nullable String algorithm,
        byte @Nullable [] plaintext,
        byte @Nullable [] aad,
        byte @Nullable [] label) {}
