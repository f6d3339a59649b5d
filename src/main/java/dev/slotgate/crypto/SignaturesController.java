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
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Crypto")
@RestController
@RequestMapping(
        path = "/slots/{slot}",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class SignaturesController {

    private final Signatures signatures;
    private final SignaturesTogether together;

    SignaturesController(Signatures signatures, SignaturesTogether together) {
        this.signatures = signatures;
        this.together = together;
    }

    @Fails({HsmFailure.SIGNATURE_FAULTY})
    @Operation(summary = "Sign a message or a digest with a private key")
    @Guarded(
            scope = Scope.CRYPTO_USE,
            action = "crypto.sign",
            maxBody = Guarded.MEBIBYTE,
            inBatch = true,
            together = "signAll")
    @PostMapping("/sign")
    SignResponse sign(@PathVariable SlotId slot, @RequestBody SignRequest request, KeyUser user, AuditTrail trail) {
        return RecordedUse.of(trail, request.key(), request.algorithm(), () -> signatures.sign(slot, request, user));
    }

    List<Callable<SignResponse>> signAll(
            SlotId slot, List<SignRequest> requests, KeyUser user, List<AuditTrail> trails) {
        return together.sign(slot, requests, user, trails);
    }

    @Operation(summary = "Verify a signature with a public key")
    @Guarded(scope = Scope.CRYPTO_PUBLIC, action = "crypto.verify", maxBody = Guarded.MEBIBYTE, inBatch = true)
    @PostMapping("/verify")
    VerifyResponse verify(
            @PathVariable SlotId slot, @RequestBody VerifyRequest request, KeyUser user, AuditTrail trail) {
        return RecordedUse.of(trail, request.key(), request.algorithm(), () -> signatures.verify(slot, request, user));
    }
}
