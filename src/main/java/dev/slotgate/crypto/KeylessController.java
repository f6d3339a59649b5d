package dev.slotgate.crypto;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What needs no key: digests, which the gateway makes, and random numbers, which the token makes. */
@Tag(name = "Crypto")
@RestController
@RequestMapping(
        path = "/slots/{slot}",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class KeylessController {

    private final Keyless keyless;

    KeylessController(Keyless keyless) {
        this.keyless = keyless;
    }

    @Operation(summary = "Make a digest")
    @Guarded(scope = Scope.CRYPTO_PUBLIC, action = "crypto.digest", maxBody = Guarded.MEBIBYTE, inBatch = true)
    @PostMapping("/digest")
    DigestResponse digest(@PathVariable SlotId slot, @RequestBody DigestRequest request, AuditTrail trail) {
        trail.algorithm(request.algorithm());
        return keyless.digest(slot, request);
    }

    @Fails({HsmFailure.REFUSED_BY_TOKEN, HsmFailure.SLOT_LOCKED, HsmFailure.DEFAULT_PIN})
    @Operation(summary = "Fetch random bytes of the token")
    @Guarded(scope = Scope.CRYPTO_PUBLIC, action = "crypto.random", maxBody = Guarded.MEBIBYTE, inBatch = true)
    @PostMapping("/random")
    RandomResponse random(@PathVariable SlotId slot, @RequestBody RandomRequest request) {
        return keyless.random(slot, request);
    }
}
