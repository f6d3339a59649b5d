package dev.slotgate.key;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Crypto")
@RestController
class KeyDerivationController {

    private final KeyDerivation derivation;

    KeyDerivationController(KeyDerivation derivation) {
        this.derivation = derivation;
    }

    @Operation(summary = "Derive a key that the other side of a key agreement derives too")
    @Guarded(
            scope = {Scope.KEYS_WRITE, Scope.CRYPTO_USE},
            action = "crypto.derive",
            maxBody = Guarded.MEBIBYTE,
            changesState = true)
    @PostMapping(
            path = "/slots/{slot}/derive",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<KeyResponse> derive(
            @PathVariable SlotId slot,
            @RequestBody DeriveKeyRequest request,
            KeyUser user,
            KeyId newKey,
            AuditTrail trail) {
        trail.key(newKey.hex());
        trail.withKey(request.key());
        trail.algorithm(request.algorithm());
        return Created.at(derivation.derive(slot, request, user, newKey));
    }
}
