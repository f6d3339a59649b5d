package dev.slotgate.pin;

import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.JudgesPin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Slots")
@RestController
@RequestMapping("/slots/{slot}/login")
class LoginController {

    private final SlotLogins logins;

    LoginController(SlotLogins logins) {
        this.logins = logins;
    }

    @JudgesPin
    @Fails({HsmFailure.SLOT_LOCKED})
    @Operation(summary = "Give the gateway the user PIN of a slot and unlock it")
    @Guarded(scope = Scope.SLOTS_ADMIN, action = "slots.login")
    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> login(@PathVariable SlotId slot, @RequestBody LoginRequest request, Caller caller) {
        logins.unlock(caller.name(), slot, request);
        return done();
    }

    @Fails({HsmFailure.OUTCOME_UNKNOWN})
    @Operation(summary = "Log out of a slot, forget its user PIN and lock it")
    @Guarded(scope = Scope.SLOTS_ADMIN, action = "slots.lock")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> lock(@PathVariable SlotId slot) {
        logins.lock(slot);
        return done();
    }

    private static ResponseEntity<Void> done() {
        return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
    }
}
