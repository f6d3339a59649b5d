package dev.slotgate.slot;

import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.JudgesPin;
import dev.slotgate.hsm.Page;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Slots")
@RestController
class SlotsController {

    private final SlotDirectory directory;
    private final FreshTokens fresh;

    SlotsController(SlotDirectory directory, FreshTokens fresh) {
        this.directory = directory;
        this.fresh = fresh;
    }

    @Operation(summary = "List the slots that the caller may see")
    @Guarded(scope = Scope.SLOTS_READ, action = "slots.list")
    @GetMapping(path = "/slots", produces = MediaType.APPLICATION_JSON_VALUE)
    Page<SlotResponse> list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return directory.list(caller, limit, after);
    }

    @Operation(summary = "Show a slot and the token in it")
    @Guarded(scope = Scope.SLOTS_READ, action = "slots.show")
    @GetMapping(path = "/slots/{slot}", produces = MediaType.APPLICATION_JSON_VALUE)
    SlotResponse show(@PathVariable SlotId slot) {
        return directory.get(slot);
    }

    @Operation(summary = "Show what a token can do, and which algorithms that makes")
    @Guarded(scope = Scope.SLOTS_READ, action = "slots.mechanisms")
    @GetMapping(path = "/slots/{slot}/mechanisms", produces = MediaType.APPLICATION_JSON_VALUE)
    MechanismsResponse mechanisms(@PathVariable SlotId slot) {
        return directory.mechanisms(slot);
    }

    @JudgesPin
    @Fails({HsmFailure.PIN_POLICY, HsmFailure.CONFIRMATION_WRONG, HsmFailure.REFUSED_BY_TOKEN})
    @Operation(summary = "Initialise a token, which destroys every object of it")
    @Guarded(scope = Scope.SLOTS_ADMIN, action = "slots.init", changesState = true)
    @PostMapping(
            path = "/slots/{slot}/init",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SlotResponse> initialise(
            @PathVariable SlotId slot, @RequestBody InitRequest request, Caller caller) {
        fresh.initialise(caller.name(), slot, request);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(directory.get(slot));
    }
}
