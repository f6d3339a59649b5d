package dev.slotgate.key;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Page;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@Tag(name = "Keys")
@RestController
@RequestMapping(path = "/slots/{slot}/keys", produces = MediaType.APPLICATION_JSON_VALUE)
class KeysController {

    private final KeyCatalogue catalogue;
    private final KeyMaker maker;
    private final KeyChanges changes;
    private final KeyDestruction destruction;

    KeysController(KeyCatalogue catalogue, KeyMaker maker, KeyChanges changes, KeyDestruction destruction) {
        this.catalogue = catalogue;
        this.maker = maker;
        this.changes = changes;
        this.destruction = destruction;
    }

    @Operation(summary = "Generate a key in the token")
    @Guarded(scope = Scope.KEYS_WRITE, action = "keys.generate", changesState = true)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<KeyResponse> generate(
            @PathVariable SlotId slot, @RequestBody GenerateKeyRequest request, KeyId newKey, AuditTrail trail) {
        NewKey order = request.order(newKey);
        trail.key(newKey.hex());
        return Created.at(maker.make(slot, order, request.metadata(order)));
    }

    @Operation(summary = "List the keys of a slot")
    @Guarded(scope = Scope.KEYS_READ, action = "keys.list")
    @GetMapping
    Page<KeyResponse> list(
            @PathVariable SlotId slot,
            @RequestParam(required = false) @Nullable String label,
            @RequestParam(required = false) @Nullable String prefix,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String usage,
            @RequestParam(required = false) @Nullable String tag,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            KeyUser user) {
        return catalogue.list(slot, new KeyFilter(label, prefix, type, usage, tag), user, limit, after);
    }

    @Operation(summary = "Show a key")
    @Guarded(scope = Scope.KEYS_READ, action = "keys.show")
    @GetMapping("/{key}")
    KeyResponse show(@PathVariable SlotId slot, @PathVariable String key, KeyUser user, AuditTrail trail) {
        trail.key(key);
        return catalogue.show(slot, key, user);
    }

    @Fails({HsmFailure.LABEL_IN_USE, HsmFailure.OUTCOME_UNKNOWN})
    @Operation(summary = "Change the label, the tags or the state of a key (JSON merge patch, RFC 7396)")
    @Guarded(scope = Scope.KEYS_WRITE, action = "keys.change")
    @PatchMapping(
            path = "/{key}",
            consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
    KeyResponse change(
            @PathVariable SlotId slot,
            @PathVariable String key,
            @RequestBody JsonNode patch,
            KeyUser user,
            AuditTrail trail) {
        trail.key(key);
        return changes.patch(slot, key, KeyPatch.of(patch), user);
    }

    @Fails({HsmFailure.KEY_SUPERSEDED, HsmFailure.REFUSED_BY_TOKEN, HsmFailure.OUTCOME_UNKNOWN})
    @Operation(summary = "Destroy a key, at once or after the delay that is configured")
    @ApiResponse(responseCode = "202", description = "The key is to be destroyed.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "204", description = "The key is destroyed.", content = @Content)
    @Guarded(scope = Scope.KEYS_DESTROY, action = "keys.destroy")
    @DeleteMapping("/{key}")
    ResponseEntity<KeyResponse> destroy(
            @PathVariable SlotId slot, @PathVariable String key, KeyUser user, AuditTrail trail) {
        trail.key(key);
        Optional<KeyResponse> pending = destruction.destroy(slot, key, user);
        return pending.map(waiting -> ResponseEntity.accepted().body(waiting))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @Operation(summary = "Take the destruction of a key back")
    @Guarded(scope = Scope.KEYS_DESTROY, action = "keys.restore", changesState = true)
    @PostMapping("/{key}/restore")
    KeyResponse restore(@PathVariable SlotId slot, @PathVariable String key, KeyUser user, AuditTrail trail) {
        trail.key(key);
        return destruction.restore(slot, key, user);
    }
}
