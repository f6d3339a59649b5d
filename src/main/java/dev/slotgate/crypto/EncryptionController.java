package dev.slotgate.crypto;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
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
        path = "/slots/{slot}",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class EncryptionController {

    private final Encryptions encryptions;
    private final DataKeys dataKeys;

    EncryptionController(Encryptions encryptions, DataKeys dataKeys) {
        this.encryptions = encryptions;
        this.dataKeys = dataKeys;
    }

    @Fails({HsmFailure.KEY_EXHAUSTED})
    @Operation(summary = "Encrypt with an AES key, or with the public half of an RSA key")
    @Guarded(
            oneOf = {Scope.CRYPTO_USE, Scope.CRYPTO_PUBLIC},
            action = "crypto.encrypt",
            maxBody = Guarded.MEBIBYTE,
            inBatch = true)
    @PostMapping("/encrypt")
    EncryptResponse encrypt(
            @PathVariable SlotId slot,
            @RequestBody EncryptRequest request,
            Caller caller,
            KeyUser user,
            AuditTrail trail) {
        return RecordedUse.of(trail, request.key(), request.algorithm(), () -> {
            caller.require(Encryptions.algorithm(request.algorithm()).isGcm() ? Scope.CRYPTO_USE : Scope.CRYPTO_PUBLIC);
            return encryptions.encrypt(slot, request, user);
        });
    }

    @Fails({HsmFailure.DECRYPTION_FAILED})
    @Operation(summary = "Decrypt with an AES key or an RSA private key")
    @Guarded(scope = Scope.CRYPTO_USE, action = "crypto.decrypt", maxBody = Guarded.MEBIBYTE, inBatch = true)
    @PostMapping("/decrypt")
    DecryptResponse decrypt(
            @PathVariable SlotId slot, @RequestBody DecryptRequest request, KeyUser user, AuditTrail trail) {
        return RecordedUse.of(
                trail, request.key(), request.algorithm(), () -> encryptions.decrypt(slot, request, user));
    }

    @Fails({HsmFailure.KEY_EXHAUSTED})
    @Operation(summary = "Make a key for use elsewhere, encrypted under a key of the token")
    @Guarded(scope = Scope.CRYPTO_USE, action = "crypto.datakey", maxBody = Guarded.MEBIBYTE)
    @PostMapping("/datakey")
    DataKeyResponse dataKey(
            @PathVariable SlotId slot, @RequestBody DataKeyRequest request, KeyUser user, AuditTrail trail) {
        trail.key(request.key());
        DataKeyResponse made = dataKeys.make(slot, request, user);
        trail.key(made.key());
        trail.algorithm(made.algorithm());
        return made;
    }
}
