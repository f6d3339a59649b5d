package dev.slotgate.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one call: never a payload, a PIN or a token.
 *
 * @param source the network address the call came from
 * @param action what was asked for, for example {@code keys.generate}; absent when nothing answers to the call
 * @param key the key's id, or what the caller named it by when it was not found
 * @param status the HTTP status of the answer
 * @param problem the problem code of the answer
 * @param returnCode the token's return code
 * @param micros how long the call took
 */
public record AuditRecord(
        Instant time,
        String requestId,
        @Nullable String subject,
        @Nullable String client,
        List<String> scopes,
        String source,
        @Nullable String action,
        @Nullable String slot,
        @Nullable String key,
        @Nullable String algorithm,
        Outcome outcome,
        int status,
        @Nullable String problem,
        @Nullable String returnCode,
        long micros) {

    /** How a call ended. */
    public enum Outcome {
        SUCCESS,
        /** The caller may not, or the request was wrong. */
        REFUSED,
        /** The gateway or the token could not. */
        FAILED;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Outcome of(int status) {
            if (status < 400) {
                return SUCCESS;
            }
            return status < 500 ? REFUSED : FAILED;
        }
    }
}
