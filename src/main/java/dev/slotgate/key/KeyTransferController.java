package dev.slotgate.key;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ImportedKey;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys that come from elsewhere, leave, come back or are succeeded. */
@Tag(name = "Keys")
@RestController
@RequestMapping(path = "/slots/{slot}/keys", produces = MediaType.APPLICATION_JSON_VALUE)
class KeyTransferController {

    private final KeyMaker maker;
    private final KeyWraps wraps;
    private final KeyRotation rotation;

    KeyTransferController(KeyMaker maker, KeyWraps wraps, KeyRotation rotation) {
        this.maker = maker;
        this.wraps = wraps;
        this.rotation = rotation;
    }

    @Operation(summary = "Import a key that was made elsewhere")
    @Guarded(scope = Scope.KEYS_WRITE, action = "keys.import", changesState = true)
    @PostMapping(path = "/import", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<KeyResponse> importKey(
            @PathVariable SlotId slot, @RequestBody ImportKeyRequest request, KeyId newKey, AuditTrail trail) {
        try (ImportedKey order = request.order(newKey)) {
            trail.key(newKey.hex());
            return Created.at(maker.make(slot, order, request.metadata(order)));
        }
    }

    @Fails({HsmFailure.KEY_NOT_EXTRACTABLE})
    @Operation(summary = "Wrap a key that was made extractable under another key of the slot")
    @Guarded(scope = Scope.KEYS_EXPORT, action = "keys.wrap")
    @PostMapping(path = "/{key}/wrap", consumes = MediaType.APPLICATION_JSON_VALUE)
    WrappedResponse wrap(
            @PathVariable SlotId slot,
            @PathVariable String key,
            @RequestBody WrapKeyRequest request,
            KeyUser user,
            AuditTrail trail) {
        trail.key(key);
        trail.withKey(request.wrappingKey());
        trail.algorithm(request.algorithm());
        return new WrappedResponse(wraps.wrap(slot, key, request, user));
    }

    @Fails({HsmFailure.DECRYPTION_FAILED})
    @Operation(summary = "Unwrap a key into the token")
    @Guarded(
            scope = {Scope.KEYS_WRITE, Scope.CRYPTO_USE},
            action = "keys.unwrap",
            changesState = true)
    @PostMapping(path = "/unwrap", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<KeyResponse> unwrap(
            @PathVariable SlotId slot,
            @RequestBody UnwrapKeyRequest request,
            KeyUser user,
            KeyId newKey,
            AuditTrail trail) {
        trail.key(newKey.hex());
        trail.withKey(request.unwrappingKey());
        trail.algorithm(request.algorithm());
        return Created.at(wraps.unwrap(slot, request, user, newKey));
    }

    @Operation(summary = "Make the next version of a key, which takes its label")
    @Guarded(scope = Scope.KEYS_WRITE, action = "keys.rotate", changesState = true)
    @PostMapping(path = "/{key}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<KeyResponse> rotate(
            @PathVariable SlotId slot,
            @PathVariable String key,
            @RequestBody(required = false) EmptyRequest request,
            KeyUser user,
            KeyId newKey,
            AuditTrail trail) {
        trail.key(key);
        return Created.at(rotation.rotate(slot, key, user, newKey));
    }
}
