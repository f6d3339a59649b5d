package dev.slotgate.crypto;

import dev.slotgate.audit.AuditTrail;
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
        path = "/slots/{slot}/mac",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class MacsController {

    private final Macs macs;

    MacsController(Macs macs) {
        this.macs = macs;
    }

    @Operation(summary = "Make a message authentication code")
    @Guarded(scope = Scope.CRYPTO_USE, action = "crypto.mac", maxBody = Guarded.MEBIBYTE, inBatch = true)
    @PostMapping
    MacResponse mac(@PathVariable SlotId slot, @RequestBody MacRequest request, KeyUser user, AuditTrail trail) {
        return RecordedUse.of(trail, request.key(), request.algorithm(), () -> macs.mac(slot, request, user));
    }

    @Operation(summary = "Compare a message authentication code")
    @Guarded(scope = Scope.CRYPTO_USE, action = "crypto.macVerify", maxBody = Guarded.MEBIBYTE, inBatch = true)
    @PostMapping("/verify")
    VerifyResponse verify(
            @PathVariable SlotId slot, @RequestBody MacVerifyRequest request, KeyUser user, AuditTrail trail) {
        return RecordedUse.of(trail, request.key(), request.algorithm(), () -> macs.verify(slot, request, user));
    }
}
