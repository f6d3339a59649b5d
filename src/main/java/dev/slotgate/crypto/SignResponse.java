package dev.slotgate.crypto;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A signature, and what it was made with.
 *
 * @param digest of a message that came as a stream
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // written once as JSON, never compared
record SignResponse(String key, String algorithm, byte[] signature, String format, byte @Nullable [] digest)
        implements RecordedUse.OfKey {}
