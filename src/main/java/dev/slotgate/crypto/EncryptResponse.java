package dev.slotgate.crypto;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What was encrypted; with GCM the IV of 12 bytes and the tag of 16 stand beside it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record EncryptResponse(String key, String algorithm, byte[] ciphertext, byte @Nullable [] iv, byte @Nullable [] tag)
        implements RecordedUse.OfKey {}
