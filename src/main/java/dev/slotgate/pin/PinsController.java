package dev.slotgate.pin;

import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.JudgesPin;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "PINs")
@RestController
@RequestMapping("/slots/{slot}/pins")
class PinsController {

    private final PinChanger changer;
    private final PinEscrow escrow;
    private final PinAttempts attempts;

    PinsController(PinChanger changer, PinEscrow escrow, PinAttempts attempts) {
        this.changer = changer;
        this.escrow = escrow;
        this.attempts = attempts;
    }

    @JudgesPin
    @Fails({HsmFailure.PIN_POLICY, HsmFailure.SLOT_LOCKED, HsmFailure.REFUSED_BY_TOKEN})
    @Operation(summary = "Change the user PIN")
    @Guarded(scope = Scope.PINS_USER, action = "pins.user.change", changesState = true)
    @PostMapping(path = "/user/change", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> changeUserPin(
            @PathVariable SlotId slot, @RequestBody ChangePinRequest request, Caller caller) {
        try (request) {
            Pin current = request.checkedCurrentPin();
            Pin next = request.checkedNewPin();
            return limited(caller, slot, () -> changer.changeUserPin(slot, current, next, request.maySpendTry()));
        }
    }

    @JudgesPin
    @Fails({HsmFailure.PIN_POLICY, HsmFailure.SLOT_LOCKED, HsmFailure.REFUSED_BY_TOKEN})
    @Operation(summary = "Change the Security Officer's PIN")
    @Guarded(scope = Scope.PINS_SO, action = "pins.so.change", changesState = true)
    @PostMapping(path = "/so/change", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> changeSoPin(@PathVariable SlotId slot, @RequestBody ChangePinRequest request, Caller caller) {
        try (request) {
            Pin current = request.checkedCurrentPin();
            Pin next = request.checkedNewPin();
            return limited(caller, slot, () -> changer.changeSoPin(slot, current, next, request.maySpendTry()));
        }
    }

    @JudgesPin
    @Fails({HsmFailure.PIN_POLICY, HsmFailure.SLOT_LOCKED, HsmFailure.REFUSED_BY_TOKEN})
    @Operation(summary = "Set a forgotten or locked user PIN as the Security Officer")
    @Guarded(scope = Scope.PINS_SO, action = "pins.user.reset", changesState = true)
    @PostMapping(path = "/user/reset", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> resetUserPin(@PathVariable SlotId slot, @RequestBody ResetPinRequest request, Caller caller) {
        try (request) {
            Pin soPin = request.checkedSoPin();
            Pin next = request.checkedNewPin();
            return limited(caller, slot, () -> changer.resetUserPin(slot, soPin, next, request.maySpendTry()));
        }
    }

    @Fails({
        HsmFailure.PIN_INCORRECT,
        HsmFailure.PIN_LOCKED,
        HsmFailure.PIN_TRIES_LOW,
        HsmFailure.PIN_EXPIRED,
        HsmFailure.PIN_POLICY,
        HsmFailure.SLOT_LOCKED
    })
    @Operation(summary = "Change the user PIN to a random one that only the gateway knows")
    @Guarded(scope = Scope.PINS_USER, action = "pins.user.rotate", changesState = true)
    @PostMapping("/user/rotate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> rotateUserPin(
            @PathVariable SlotId slot, @RequestBody(required = false) @Nullable EmptyRequest nothing) {
        changer.rotateUserPin(slot);
        return done();
    }

    @Fails({HsmFailure.ESCROW_NOT_CONFIGURED, HsmFailure.SLOT_LOCKED})
    @Operation(summary = "Show the user PIN to the holder of the escrow key")
    @Guarded(scope = Scope.PINS_ESCROW, action = "pins.user.escrow")
    @PostMapping(path = "/user/escrow", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<EscrowedPin> escrowUserPin(
            @PathVariable SlotId slot, @RequestBody(required = false) @Nullable EmptyRequest nothing) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(escrow.of(slot));
    }

    private ResponseEntity<Void> limited(Caller caller, SlotId slot, Runnable work) {
        return attempts.limited(caller.name(), slot, () -> {
            work.run();
            return done();
        });
    }

    private static ResponseEntity<Void> done() {
        return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
    }
}
