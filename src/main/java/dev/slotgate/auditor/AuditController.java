package dev.slotgate.auditor;

import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Page;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The records of who did what. */
@Tag(name = "Audit")
@RestController
@RequestMapping(path = "/audit", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {

    private final AuditRecords records;

    AuditController(AuditRecords records) {
        this.records = records;
    }

    @Fails({HsmFailure.SLOT_NOT_FOUND})
    @Operation(summary = "List the records of calls, of the slots that are the caller's")
    @Guarded(scope = Scope.AUDIT_READ, action = "audit.list")
    @GetMapping
    Page<RecordResponse> list(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable Integer slot,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            Caller caller) {
        return records.list(
                new RecordFilter(from, to, slot, key, subject, action, outcome, kind), limit, after, caller);
    }

    @Fails({HsmFailure.RECORD_NOT_FOUND})
    @Operation(summary = "Show a record")
    @Guarded(scope = Scope.AUDIT_READ, action = "audit.show")
    @GetMapping("/{id}")
    RecordResponse show(@PathVariable String id, Caller caller) {
        return records.show(id, caller);
    }

    @Operation(summary = "Verify the journal of the gateway that answers")
    @Guarded(scope = Scope.AUDIT_READ, action = "audit.verify")
    @PostMapping(path = "/verify", consumes = MediaType.APPLICATION_JSON_VALUE)
    VerificationResponse verify(@RequestBody(required = false) @Nullable VerificationRequest request, Caller caller) {
        return records.verify(request == null ? VerificationRequest.OF_ALL : request, caller);
    }
}
