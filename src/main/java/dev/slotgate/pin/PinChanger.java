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
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Changes PINs. Those of the SO are not kept, but both while it is not certain which one the token has. */
@Service
class PinChanger {

    private final Slots slots;
    private final SlotTokens tokens;
    private final TokenPins pins;
    private final KnownUserPin known;
    private final PinPolicy policy;
    private final PlannedPins planned;

    PinChanger(
            Slots slots, SlotTokens tokens, TokenPins pins, KnownUserPin known, PinPolicy policy, PlannedPins planned) {
        this.slots = slots;
        this.tokens = tokens;
        this.pins = pins;
        this.known = known;
        this.policy = policy;
        this.planned = planned;
    }

    /** As the user, who knows the current one. @throws HsmException as {@link TokenPins#change} */
    void changeUserPin(SlotId slot, Pin current, Pin next, boolean spendTry) {
        Slot now = slots.get(slot);
        TokenIdentity token = tokens.of(slot);
        boolean right = known.isRight(slot, token, now.userPin(), current);
        Optional<HsmException> violation = policy.violation("newPin", now, next, List.of(current));
        violation.ifPresent(wrong -> {
            if (!right) {
                pins.check(slot, PinRole.USER, current, spendTry);
            }
            throw wrong;
        });
        PlannedPin plan = planned.plan(PlannedPins.Kind.CHANGE_USER_PIN, token, null, current, next, false);
        planned.carryOut(plan, () -> pins.change(slot, PinRole.USER, current, next, spendTry));
    }

    /** As the SO, without the current one. @throws HsmException as {@link TokenPins#resetUserPin} */
    void resetUserPin(SlotId slot, Pin soPin, Pin next, boolean spendTry) {
        Slot now = slots.get(slot);
        TokenIdentity token = tokens.of(slot);
        Optional<HsmException> violation = policy.violation("newPin", now, next, List.of(soPin));
        refuseAfterJudging(slot, soPin, spendTry, violation);
        planned.giveWay(token, now.userPin(), () -> pins.check(slot, PinRole.SO, soPin, spendTry));
        PlannedPin plan = planned.plan(PlannedPins.Kind.RESET_USER_PIN, token, null, null, next, false);
        planned.carryOut(plan, () -> pins.resetUserPin(slot, soPin, next, spendTry));
    }

    /** To a random one that only the gateway knows. @throws HsmException SLOT_LOCKED when it does not know the current one */
    void rotateUserPin(SlotId slot) {
        Slot now = slots.get(slot);
        TokenIdentity token = tokens.of(slot);
        try (Pin current = known.find(slot, token).orElseThrow(PinChanger::notKnown);
                Pin next = randomFor(now)) {
            PlannedPin plan = planned.plan(PlannedPins.Kind.CHANGE_USER_PIN, token, null, current, next, true);
            planned.carryOut(plan, () -> pins.change(slot, PinRole.USER, current, next, false));
        }
    }

    /** The SO's own. @throws HsmException as {@link TokenPins#change} */
    void changeSoPin(SlotId slot, Pin current, Pin next, boolean spendTry) {
        TokenIdentity token = tokens.of(slot);
        refuseAfterJudging(slot, current, spendTry, violationOfSoPin(slot, token, current, next));
        PlannedPin plan = planned.plan(PlannedPins.Kind.CHANGE_SO_PIN, token, current, null, next, false);
        planned.carryOut(plan, () -> pins.change(slot, PinRole.SO, current, next, spendTry));
    }

    private Optional<HsmException> violationOfSoPin(SlotId slot, TokenIdentity token, Pin current, Pin next) {
        Optional<Pin> userPin = known.find(slot, token);
        try {
            List<Pin> others =
                    Stream.concat(Stream.of(current), userPin.stream()).toList();
            return policy.violation("newPin", slots.get(slot), next, others);
        } finally {
            userPin.ifPresent(Pin::close);
        }
    }

    /** The PIN of the SO is judged before the new one, and only the token can do so. */
    private void refuseAfterJudging(SlotId slot, Pin soPin, boolean spendTry, Optional<HsmException> violation) {
        violation.ifPresent(wrong -> {
            pins.check(slot, PinRole.SO, soPin, spendTry);
            throw wrong;
        });
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
