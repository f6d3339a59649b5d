package dev.slotgate.key;

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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Keys")
@RestController
@RequestMapping(path = "/slots/{slot}/keys/{key}/grants", produces = MediaType.APPLICATION_JSON_VALUE)
class GrantsController {

    private final Grants grants;

    GrantsController(Grants grants) {
        this.grants = grants;
    }

    @Operation(summary = "Show who may use a key")
    @Guarded(scope = Scope.KEYS_READ, action = "keys.grants.show")
    @GetMapping
    GrantList show(@PathVariable SlotId slot, @PathVariable String key, KeyUser user, AuditTrail trail) {
        trail.key(key);
        return GrantList.of(grants.of(slot, key, user));
    }

    @Fails({HsmFailure.SELF_GRANT})
    @Operation(summary = "Say who may use a key")
    @Guarded(scope = Scope.KEYS_GRANT, action = "keys.grants.put")
    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    GrantList put(
            @PathVariable SlotId slot,
            @PathVariable String key,
            @RequestBody GrantList request,
            KeyUser user,
            AuditTrail trail) {
        trail.key(key);
        return GrantList.of(grants.put(slot, key, request.checked(), user));
    }
}
