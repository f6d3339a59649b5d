package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Many calls in one. */
@Tag(name = "Crypto")
@RestController
class BatchController {

    private static final int LONGEST = 8 << 20;

    private final Batches batches;

    BatchController(Batches batches) {
        this.batches = batches;
    }

    @Operation(summary = "Make up to 1,000 crypto calls at once, each authorised and recorded as its own")
    @Guarded(
            oneOf = {Scope.CRYPTO_USE, Scope.CRYPTO_PUBLIC},
            action = "crypto.batch",
            maxBody = LONGEST)
    @PostMapping(
            path = "/batch",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    BatchResponse batch(@RequestBody BatchRequest request, Caller caller, AuditTrail trail) {
        return batches.run(request, caller, trail);
    }
}
