package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.TokenPins;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Changes user PINs. */
@Service
class UserPins {

    private final Slots slots;
    private final SlotTokens tokens;
    private final TokenPins pins;
    private final KnownUserPin known;
    private final PinPolicy policy;
    private final PlannedPins planned;
    private final PinTransaction transaction;

    UserPins(
            Slots slots,
            SlotTokens tokens,
            TokenPins pins,
            KnownUserPin known,
            PinPolicy policy,
            PlannedPins planned,
            PinTransaction transaction) {
        this.slots = slots;
        this.tokens = tokens;
        this.pins = pins;
        this.known = known;
        this.policy = policy;
        this.planned = planned;
        this.transaction = transaction;
    }

    /** As the user, who knows the current one. @throws HsmException as {@link TokenPins#change} */
    void change(SlotId slot, Pin current, Pin next, boolean spendTry) {
        Slot now = slots.get(slot);
        TokenIdentity token = tokens.of(slot);
        boolean right = known.isRight(slot, token, now.userPin(), current);
        Optional<HsmException> violation = policy.violation("newPin", now, next, List.of(current));
        if (violation.isPresent()) {
            if (!right) {
                pins.check(slot, PinRole.USER, current, spendTry);
            }
            throw violation.get();
        }
        PlannedPin plan = planned.plan(PlannedPins.Kind.CHANGE_USER_PIN, token, null, current, next, false);
        transaction.run(plan, () -> pins.change(slot, PinRole.USER, current, next, spendTry));
    }

    /** As the SO, without the current one. @throws HsmException as {@link TokenPins#resetUserPin} */
    void reset(SlotId slot, Pin soPin, Pin next, boolean spendTry) {
        Slot now = slots.get(slot);
        TokenIdentity token = tokens.of(slot);
        Optional<HsmException> violation = policy.violation("newPin", now, next, List.of(soPin));
        if (violation.isPresent()) {
            pins.check(slot, PinRole.SO, soPin, spendTry);
            throw violation.get();
        }
        PlannedPin plan = planned.plan(PlannedPins.Kind.RESET_USER_PIN, token, null, null, next, false);
        transaction.run(plan, () -> pins.resetUserPin(slot, soPin, next, spendTry));
    }

    /** To a random one that only the gateway knows. @throws HsmException SLOT_LOCKED when it does not know the current one */
    void rotate(SlotId slot) {
        Slot now = slots.get(slot);
        TokenIdentity token = tokens.of(slot);
        try (Pin current = known.find(slot, token).orElseThrow(UserPins::notKnown);
                Pin next = randomFor(now)) {
            PlannedPin plan = planned.plan(PlannedPins.Kind.CHANGE_USER_PIN, token, null, current, next, true);
            transaction.run(plan, () -> pins.change(slot, PinRole.USER, current, next, false));
        }
    }

    private Pin randomFor(Slot slot) {
        while (true) {
            Pin random = RandomPin.of(slot.minPinLength(), slot.maxPinLength());
            if (policy.violation("newPin", slot, random, List.of()).isEmpty()) {
                return random;
            }
            random.close();
        }
    }

    private static HsmException notKnown() {
        return new HsmException(HsmFailure.SLOT_LOCKED, "The slot's user PIN is not known to the gateway.");
    }
}
