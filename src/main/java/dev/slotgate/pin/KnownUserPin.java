package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The user PIN as the gateway knows it: what callers give is compared with it, which costs no try. */
@Component
class KnownUserPin {

    private final SlotPins pins;
    private final PinLatch latch;

    KnownUserPin(SlotPins pins, PinLatch latch) {
        this.pins = pins;
        this.latch = latch;
    }

    /**
     * Judges the PIN that a caller gives as the current one.
     *
     * @param flags what the token says of its user PIN
     * @return whether it is the known one; false when none is known, and only the token can tell
     * @throws HsmException PIN_INCORRECT, or PIN_LOCKED or PIN_TRIES_LOW when it is of no use to know it
     */
    boolean isRight(SlotId slot, TokenIdentity token, PinFlags flags, Pin given) {
        List<Pin> known = pins.userPins(slot, token);
        if (known.isEmpty()) {
            return false;
        }
        boolean right = known.stream().anyMatch(given::matches);
        known.forEach(Pin::close);
        if (!right) {
            throw new HsmException(HsmFailure.PIN_INCORRECT, "The current PIN is another one.");
        }
        if (flags.locked()) {
            throw new HsmException(HsmFailure.PIN_LOCKED, "The token has locked the user PIN.");
        }
        if (flags.finalTry()) {
            throw new HsmException(
                    HsmFailure.PIN_TRIES_LOW, "One more wrong user PIN would lock it, and nothing is tried.");
        }
        return true;
    }

    /** The PIN, unless the token refused it; the caller wipes it. */
    Optional<Pin> find(SlotId slot, TokenIdentity token) {
        List<Pin> known = pins.userPins(slot, token);
        Optional<Pin> first = known.stream().findFirst().filter(pin -> !latch.holds(token, pin));
        known.stream()
                .filter(pin -> first.stream().noneMatch(found -> found == pin))
                .forEach(Pin::close);
        return first;
    }
}
