package dev.slotgate.crypto;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A data key in the clear, when that was asked for, and as {@code decrypt} with this key and algorithm opens it again. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record DataKeyResponse(
        String key, String algorithm, byte @Nullable [] plaintext, byte[] ciphertext, byte[] iv, byte[] tag) {}
