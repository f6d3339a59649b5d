package dev.slotgate.crypto;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyUser;
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

@Tag(name = "Crypto")
@RestController
@RequestMapping(
        path = "/slots/{slot}/jws",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class JwsController {

    private final JsonWebSignatures signatures;

    JwsController(JsonWebSignatures signatures) {
        this.signatures = signatures;
    }

    @Fails({HsmFailure.SIGNATURE_FAULTY})
    @Operation(summary = "Make a JSON Web Signature")
    @Guarded(scope = Scope.CRYPTO_USE, action = "crypto.jws", maxBody = Guarded.MEBIBYTE, inBatch = true)
    @PostMapping
    JwsResponse sign(@PathVariable SlotId slot, @RequestBody JwsRequest request, KeyUser user, AuditTrail trail) {
        trail.key(request.key());
        JsonWebSignatures.Made made = signatures.sign(slot, request, user);
        trail.key(made.key());
        trail.algorithm(made.algorithm());
        return made.answer();
    }
}
