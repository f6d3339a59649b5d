package dev.slotgate.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one call: never a payload, a PIN or a token.
 *
 * @param kind what it records
 * @param time when the call began
 * @param tokenId the access token's {@code jti}
 * @param source the network address the call came from
 * @param action what was asked for, for example {@code keys.generate}; absent when nothing answers to the call
 * @param slot the gateway's slot id; absent for calls without a slot, and for what is no slot id
 * @param key the key's id; for a use that failed, what the caller named it by
 * @param withKey the key that it was wrapped, unwrapped or derived with, as the caller named it
 * @param outcome absent before the call has ended
 * @param status the HTTP status of the answer; absent when it did not go over HTTP
 * @param problem the problem code of the answer
 * @param ckr the token's return code
 * @param micros how long the call took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditRecord(
        Kind kind,
        Instant time,
        String requestId,
        @Nullable String subject,
        @Nullable String client,
        List<String> scopes,
        @Nullable String tokenId,
        String source,
        @Nullable String action,
        @Nullable Integer slot,
        @Nullable String key,
        @Nullable String withKey,
        @Nullable String algorithm,
        @Nullable Outcome outcome,
        @Nullable Integer status,
        @Nullable String problem,
        @Nullable String ckr,
        @Nullable Long micros) {

    /** What a record of the journal is about. */
    public enum Kind {
        /** How a call ended. */
        CALL,
        /** A change is about to be made. */
        INTENT,
        /** Refused strangers, more than are recorded one by one. */
        REFUSALS,
        /** The gateway begins. */
        START,
        /** The journal could not be written for some time. */
        OUTAGE,
        /** What came before, signed. */
        CHECKPOINT;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a call ended. */
    public enum Outcome {
        SUCCESS,
        /** The caller may not, or the request was wrong. */
        REFUSED,
        /** The gateway or the token could not. */
        FAILED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @param status the HTTP status of the answer */
        public static Outcome of(int status) {
            if (status < 400) {
                return SUCCESS;
            }
            return status < 500 ? REFUSED : FAILED;
        }
    }
}
