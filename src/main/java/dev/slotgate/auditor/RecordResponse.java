package dev.slotgate.auditor;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slotgate.audit.AuditRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the journal; what its kind does not tell is left out.
 *
 * @param id {@code <instance>-<sequence>}
 * @param previous SHA-256 of the record before, as it stands in the journal, in hex
 * @param kind {@code call}: how a call ended; {@code intent}: a change is about to be made; {@code refusals}: the sum of refused
 *     strangers; {@code start}: the gateway begins; {@code outage}: the journal could not be written for some time;
 *     {@code checkpoint}: what came before, signed
 * @param time when the call began
 * @param tokenId the access token's jti
 * @param source the network address that the call came from
 * @param action for example {@code keys.generate}
 * @param key the key's id; for a use that failed, what the caller named it by
 * @param withKey the key that it was wrapped, unwrapped or derived with, as the caller named it
 * @param outcome {@code success}, {@code refused} (the caller may not, or the request was wrong) or {@code failed}
 * @param status of the answer
 * @param problem the problem code of the answer
 * @param ckr the token's return code
 * @param micros how long the call took, in microseconds
 * @param since when the refusals or the outage began
 * @param count how many refusals there were beside those recorded one by one
 * @param refused how many calls were turned away during an outage
 * @param torn how many bytes of an unfinished record a crash left, which were cut off
 * @param through the sequence of the last record that a checkpoint vouches for
 * @param hash of that record
 * @param signature of the checkpoint: ECDSA P-256, r and s one after the other
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordResponse(
        @Nullable String id,
        String instance,
        long sequence,
        String previous,
        AuditRecord.Kind kind,
        Instant time,
        @Nullable String requestId,
        @Nullable String subject,
        @Nullable String client,
        @Nullable List<String> scopes,
        @Nullable String tokenId,
        @Nullable String source,
        @Nullable String action,
        @Nullable Integer slot,
        @Nullable String key,
        @Nullable String withKey,
        @Nullable String algorithm,
        AuditRecord.@Nullable Outcome outcome,
        @Nullable Integer status,
        @Nullable String problem,
        @Nullable String ckr,
        @Nullable Long micros,
        @Nullable Instant since,
        @Nullable Long count,
        @Nullable Long refused,
        @Nullable Long torn,
        @Nullable Long through,
        @Nullable String hash,
        @Nullable String signature) {}
