package dev.slotgate.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is to be recorded of a call while it runs; belongs to the thread that serves the call. */
public final class AuditTrail {

    private static final int MAX_TEXT = 512;

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final String requestId;
    private final String source;
    private @Nullable String subject;
    private @Nullable String client;
    private List<String> scopes = List.of();
    private @Nullable String action;
    private @Nullable String slot;
    private @Nullable String key;
    private @Nullable String algorithm;
    private @Nullable String problem;
    private @Nullable String returnCode;

    public AuditTrail(String requestId, String source) {
        this.requestId = requestId;
        this.source = source;
    }

    /** The trail of a part of the call, which is recorded as its own. */
    public AuditTrail part(int number) {
        return new AuditTrail(requestId + "." + number, source);
    }

    /** A caller may send a megabyte as a key's name; the record keeps what names are long. */
    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    public String requestId() {
        return requestId;
    }

    public void by(@Nullable String subject, @Nullable String client, List<String> scopes) {
        this.subject = subject;
        this.client = client;
        this.scopes = List.copyOf(scopes);
    }

    public void action(String action) {
        this.action = action;
    }

    public void slot(String slot) {
        this.slot = cut(slot);
    }

    /** The key's id, or what the caller calls it as long as that is all there is. */
    public void key(@Nullable String key) {
        this.key = cut(key);
    }

    public void algorithm(@Nullable String algorithm) {
        this.algorithm = cut(algorithm);
    }

    public void problem(String code, @Nullable String returnCode) {
        this.problem = code;
        this.returnCode = returnCode;
    }

    /** The record, once the status of the answer is known. */
    public AuditRecord finish(int status) {
        return new AuditRecord(
                start,
                requestId,
                subject,
                client,
                scopes,
                source,
                action,
                slot,
                key,
                algorithm,
                AuditRecord.Outcome.of(status),
                status,
                problem,
                returnCode,
                (System.nanoTime() - startNanos) / 1000);
    }
}
