package dev.slotgate.key;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.Page;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Keys")
@RestController
@RequestMapping(path = "/slots/{slot}/keys", produces = MediaType.APPLICATION_JSON_VALUE)
class KeysController {

    private final KeyCatalogue catalogue;

    KeysController(KeyCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Operation(summary = "Generate a key in the token")
    @Guarded(scope = Scope.KEYS_WRITE, action = "keys.generate")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<KeyResponse> generate(
            @PathVariable SlotId slot, @RequestBody GenerateKeyRequest request, AuditTrail trail) {
        KeyResponse made = catalogue.generate(slot, request);
        trail.key(made.id());
        return ResponseEntity.created(URI.create("/slots/" + slot + "/keys/" + made.id()))
                .body(made);
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
            @RequestParam(required = false) @Nullable String after) {
        return catalogue.list(slot, new KeyFilter(label, prefix, type, usage, tag), limit, after);
    }

    @Operation(summary = "Show a key")
    @Guarded(scope = Scope.KEYS_READ, action = "keys.show")
    @GetMapping("/{key}")
    KeyResponse show(@PathVariable SlotId slot, @PathVariable String key, AuditTrail trail) {
        trail.key(key);
        return catalogue.show(slot, key);
    }
}
