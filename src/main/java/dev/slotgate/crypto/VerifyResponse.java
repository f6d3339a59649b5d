package dev.slotgate.crypto;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whether a signature or a message authentication code is valid.
 *
 * @param digest of a message that came as a stream
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record VerifyResponse(String key, String algorithm, boolean valid, byte @Nullable [] digest)
        implements RecordedUse.OfKey {}
