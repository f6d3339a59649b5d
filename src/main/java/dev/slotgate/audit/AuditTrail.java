package dev.slotgate.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gathers what is to be recorded of a call while it runs; belongs to the thread that serves the call. */
public final class AuditTrail {

    private static final int MAX_TEXT = 512;
    private static final int MAX_SCOPES = 64;
    private static final Pattern SLOT_ID = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final String requestId;
    private final String source;
    private @Nullable String subject;
    private @Nullable String client;
    private List<String> scopes = List.of();
    private @Nullable String tokenId;
    private @Nullable String action;
    private @Nullable Integer slot;
    private @Nullable String key;
    private @Nullable String withKey;
    private @Nullable String algorithm;
    private @Nullable String problem;
    private @Nullable String returnCode;
    private boolean changesState;
    private boolean turnedAway;

    public AuditTrail(String requestId, String source) {
        this.requestId = requestId;
        this.source = source;
    }

    /** The trail of a part of the call, which is recorded as its own, by the same caller. */
    public AuditTrail part(int number) {
        var part = new AuditTrail(requestId + "." + number, source);
        part.subject = subject;
        part.client = client;
        part.scopes = scopes;
        part.tokenId = tokenId;
        return part;
    }

    /** A caller may send a megabyte as a key's name; the record keeps what names are long. */
    private static @Nullable String cut(@Nullable String text) {
        return text == null ? null : shown(text);
    }

    private static String shown(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    public String requestId() {
        return requestId;
    }

    /** @param tokenId the access token's {@code jti} */
    public void by(
            @Nullable String subject, @Nullable String client, Collection<String> scopes, @Nullable String tokenId) {
        this.subject = cut(subject);
        this.client = cut(client);
        this.scopes = shown(scopes);
        this.tokenId = cut(tokenId);
    }

    private static List<String> shown(Collection<String> scopes) {
        var shown = new ArrayList<String>(Math.min(scopes.size(), MAX_SCOPES));
        for (String scope : scopes) {
            if (shown.size() == MAX_SCOPES) {
                break;
            }
            shown.add(shown(scope));
        }
        return shown;
    }

    /** The call is one that changes something. */
    public void changesState() {
        changesState = true;
    }

    /** Whether making the call again would change something again. */
    public boolean isOfChange() {
        return changesState;
    }

    /** The call was not served since it could not have been recorded. */
    public void turnedAway() {
        turnedAway = true;
    }

    public boolean isTurnedAway() {
        return turnedAway;
    }

    public @Nullable String action() {
        return action;
    }

    public void action(String action) {
        this.action = action;
    }

    public @Nullable Integer slot() {
        return slot;
    }

    /** The slot that the call names; what is no slot id is not kept. */
    public void slot(String slot) {
        this.slot = SLOT_ID.matcher(slot).matches() ? Integer.valueOf(slot) : null;
    }

    /** The key's id, or what the caller calls it as long as that is all there is. */
    public void key(@Nullable String key) {
        this.key = cut(key);
    }

    /** The key that wraps, unwraps or agrees, where that is another one. */
    public void withKey(@Nullable String key) {
        this.withKey = cut(key);
    }

    public void algorithm(@Nullable String algorithm) {
        this.algorithm = cut(algorithm);
    }

    /** The code of the problem that the call is answered with. */
    public @Nullable String problem() {
        return problem;
    }

    public void problem(String code, @Nullable String returnCode) {
        this.problem = code;
        this.returnCode = returnCode;
    }

    /** For how long the call has been served, in nanoseconds. */
    public long nanos() {
        return System.nanoTime() - startNanos;
    }

    /** The record that a change is about to be made. */
    public AuditRecord intent() {
        return record(AuditRecord.Kind.INTENT, null, null, null);
    }

    /** The record, once the status of the answer is known. */
    public AuditRecord finish(int status) {
        return record(AuditRecord.Kind.CALL, AuditRecord.Outcome.of(status), status, nanos() / 1000);
    }

    /** The record of a call that did not come over HTTP. */
    public AuditRecord finish(AuditRecord.Outcome outcome) {
        return record(AuditRecord.Kind.CALL, outcome, null, nanos() / 1000);
    }

    private AuditRecord record(
            AuditRecord.Kind kind,
            AuditRecord.@Nullable Outcome outcome,
            @Nullable Integer status,
            @Nullable Long micros) {
        return new AuditRecord(
                kind,
                start,
                requestId,
                subject,
                client,
                scopes,
                tokenId,
                source,
                action,
                slot,
                key,
                withKey,
                algorithm,
                outcome,
                status,
                problem,
                returnCode,
                micros);
    }
}
