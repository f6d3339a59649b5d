package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.TokenPins;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Changes SO PINs. The gateway keeps none of them, but both while it is not certain which one the token has. */
@Service
class SoPins {

    private final Slots slots;
    private final SlotTokens tokens;
    private final TokenPins pins;
    private final KnownUserPin known;
    private final PinPolicy policy;
    private final PlannedPins planned;
    private final PinTransaction transaction;

    SoPins(
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

    /** @throws HsmException as {@link TokenPins#change} */
    void change(SlotId slot, Pin current, Pin next, boolean spendTry) {
        TokenIdentity token = tokens.of(slot);
        Optional<HsmException> violation = violation(slot, token, current, next);
        if (violation.isPresent()) {
            pins.check(slot, PinRole.SO, current, spendTry);
            throw violation.get();
        }
        PlannedPin plan = planned.plan(PlannedPins.Kind.CHANGE_SO_PIN, token, current, null, next, false);
        transaction.run(plan, () -> pins.change(slot, PinRole.SO, current, next, spendTry));
    }

    private Optional<HsmException> violation(SlotId slot, TokenIdentity token, Pin current, Pin next) {
        Optional<Pin> userPin = known.find(slot, token);
        try {
            List<Pin> others =
                    Stream.concat(Stream.of(current), userPin.stream()).toList();
            return policy.violation("newPin", slots.get(slot), next, others);
        } finally {
            userPin.ifPresent(Pin::close);
        }
    }
}
