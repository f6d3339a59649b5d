package dev.slotgate.pin;

import dev.slotgate.hsm.CallersPins;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenInitialiser;
import dev.slotgate.hsm.TokenPins;
import org.springframework.stereotype.Service;

/** PINs of callers who log in: no try is spent for them that a token counts as low. */
@Service
class LimitedPins implements CallersPins {

    private final Slots slots;
    private final SlotTokens tokens;
    private final TokenPins pins;
    private final KnownUserPin known;
    private final PinChanger changer;
    private final TokenInitialiser initialiser;
    private final PinAttempts attempts;

    LimitedPins(
            Slots slots,
            SlotTokens tokens,
            TokenPins pins,
            KnownUserPin known,
            PinChanger changer,
            TokenInitialiser initialiser,
            PinAttempts attempts) {
        this.slots = slots;
        this.tokens = tokens;
        this.pins = pins;
        this.known = known;
        this.changer = changer;
        this.initialiser = initialiser;
        this.attempts = attempts;
    }

    @Override
    public void checkUserPin(String caller, SlotId slot, Pin pin) {
        limited(caller, slot, () -> {
            if (!known.isRight(slot, tokens.of(slot), slots.get(slot).userPin(), pin)) {
                throw new HsmException(HsmFailure.SLOT_LOCKED, "The gateway does not know the user PIN of the slot.");
            }
        });
    }

    @Override
    public void checkSoPin(String caller, SlotId slot, Pin pin) {
        limited(caller, slot, () -> pins.check(slot, PinRole.SO, pin, false));
    }

    @Override
    public void changeUserPin(String caller, SlotId slot, Pin current, Pin next) {
        limited(caller, slot, () -> changer.changeUserPin(slot, current, next, false));
    }

    @Override
    public void changeSoPin(String caller, SlotId slot, Pin current, Pin next) {
        limited(caller, slot, () -> changer.changeSoPin(slot, current, next, false));
    }

    @Override
    public void resetUserPin(String caller, SlotId slot, Pin soPin, Pin next) {
        limited(caller, slot, () -> changer.resetUserPin(slot, soPin, next, false));
    }

    @Override
    public void initialise(String caller, SlotId slot, String label, Pin soPin) {
        Slot now = slots.get(slot);
        String confirm =
                now.state() == SlotState.UNINITIALIZED ? "" : now.label().strip();
        try (Pin userPin = RandomPin.of(now.minPinLength(), now.maxPinLength())) {
            initialiser.initialise(caller, slot, label, confirm, soPin, userPin, false);
        }
    }

    private void limited(String caller, SlotId slot, Runnable work) {
        attempts.limited(caller, slot, () -> {
            work.run();
            return true;
        });
    }
}
