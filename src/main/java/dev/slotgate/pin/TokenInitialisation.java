package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.TokenInitialiser;
import dev.slotgate.hsm.TokenPins;
import dev.slotgate.hsm.TokenWatcher;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Begins tokens anew: an initialisation that is cut short is brought to its end later, since both PINs are kept until then. */
@Service
class TokenInitialisation implements TokenInitialiser {

    private final Slots slots;
    private final SlotTokens tokens;
    private final TokenPins pins;
    private final PinAttempts attempts;
    private final PinPolicy policy;
    private final PlannedPins planned;
    private final List<TokenWatcher> watchers;

    TokenInitialisation(
            Slots slots,
            SlotTokens tokens,
            TokenPins pins,
            PinAttempts attempts,
            PinPolicy policy,
            PlannedPins planned,
            List<TokenWatcher> watchers) {
        this.slots = slots;
        this.tokens = tokens;
        this.pins = pins;
        this.attempts = attempts;
        this.policy = policy;
        this.planned = planned;
        this.watchers = watchers;
    }

    @Override
    public void initialise(
            String caller, SlotId slot, String label, String confirm, Pin soPin, Pin userPin, boolean spendTry) {
        Slot now = slots.get(slot);
        boolean blank = now.state() == SlotState.UNINITIALIZED;
        checkConfirmation(blank ? "" : now.label().strip(), confirm);
        attempts.limited(caller, slot, () -> {
            checkNewPins(now, blank, soPin, userPin, spendTry);
            TokenIdentity token = tokens.of(slot);
            planned.giveWay(token, now.userPin(), () -> judge(now, soPin, spendTry));
            PlannedPin plan = planned.plan(PlannedPins.Kind.INIT_TOKEN, token, soPin, null, userPin, false);
            planned.carryOut(plan, () -> pins.initialise(slot, label, soPin, userPin, spendTry));
            done(token);
            return true;
        });
    }

    /** Every object of the token is gone. */
    void done(TokenIdentity token) {
        watchers.forEach(watcher -> watcher.wasInitialised(token));
    }

    private static void checkConfirmation(String expected, String confirm) {
        if (!expected.equals(confirm)) {
            throw HsmException.inField(
                    HsmFailure.CONFIRMATION_WRONG,
                    "confirm",
                    "confirm: expected "
                            + (expected.isEmpty() ? "nothing, since the token is blank" : "the token's label")
                            + ", got " + Quoted.text(confirm));
        }
    }

    /** The SO PIN of a token that has one is judged before the user PIN. */
    private void checkNewPins(Slot slot, boolean blank, Pin soPin, Pin userPin, boolean spendTry) {
        Optional<HsmException> violation = blank
                ? policy.violation("soPin", slot, soPin, List.of())
                        .or(() -> policy.violation("userPin", slot, userPin, List.of(soPin)))
                : policy.violation("userPin", slot, userPin, List.of(soPin));
        violation.ifPresent(wrong -> {
            judge(slot, soPin, spendTry);
            throw wrong;
        });
    }

    /** A blank token takes any PIN. */
    private void judge(Slot slot, Pin soPin, boolean spendTry) {
        if (slot.state() != SlotState.UNINITIALIZED) {
            pins.check(slot.id(), PinRole.SO, soPin, spendTry);
        }
    }
}
