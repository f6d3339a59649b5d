package dev.slotgate.key;

import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Keys")
@RestController
class HygieneController {

    private final Hygiene hygiene;

    HygieneController(Hygiene hygiene) {
        this.hygiene = hygiene;
    }

    @Operation(summary = "Find what is wrong with the keys of a slot, and what mends it")
    @Guarded(scope = Scope.KEYS_READ, action = "keys.hygiene")
    @GetMapping(path = "/slots/{slot}/hygiene", produces = MediaType.APPLICATION_JSON_VALUE)
    HygieneResponse hygiene(@PathVariable SlotId slot, KeyUser user) {
        return new HygieneResponse(hygiene.findings(slot, user));
    }
}
