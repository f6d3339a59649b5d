package dev.slotgate.web;

import org.jspecify.annotations.Nullable;

/**
 * A call that may come again.
 *
 * @param id of the caller, the method, the path and the {@code Idempotency-Key}, in hex
 * @param fingerprint of the body, in hex
 */
record IdempotentCall(String id, String fingerprint) {

    /** How it was answered. */
    @SuppressWarnings("ArrayRecordComponent") // sent as it is, never compared
    record Answer(
            int status,
            @Nullable String contentType,
            @Nullable String location,
            byte[] body) {}
}
