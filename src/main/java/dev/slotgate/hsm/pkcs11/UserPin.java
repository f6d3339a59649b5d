package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.TokenIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which user PIN the gateway logs in with: the known one, else the one in use; never one that was refused before. */
final class UserPin {

    private final SlotId slot;
    private final SlotPins known;
    private final PinLatch latch;
    private final boolean acceptsDefault;
    private @Nullable Pin inUse;
    private volatile boolean isDefault;

    /** @param acceptsDefault whether a PIN that everybody knows is good enough */
    UserPin(SlotId slot, SlotPins known, PinLatch latch, boolean acceptsDefault) {
        this.slot = slot;
        this.known = known;
        this.latch = latch;
        this.acceptsDefault = acceptsDefault;
    }

    /**
     * The PINs that may be tried, in this order.
     *
     * @throws HsmException SLOT_LOCKED when there is none, DEFAULT_PIN when it is one that everybody knows
     */
    PinsToTry toTry(TokenIdentity token) {
        List<Pin> all = all(token);
        if (all.isEmpty()) {
            throw locked("The slot's user PIN is not known to the gateway.");
        }
        var pins = new PinsToTry(all, all.size() > 1);
        try {
            isDefault = all.getFirst().isWellKnown();
            if (!pins.isUnsettled()) {
                refuseDefault(all.getFirst());
            }
            pins.drop(pin -> latch.holds(token, pin));
            if (pins.all().isEmpty()) {
                throw locked("The token refused the user PIN before, and it is not tried again.");
            }
            return pins;
        } catch (RuntimeException e) {
            pins.close();
            throw e;
        }
    }

    /** @throws HsmException DEFAULT_PIN */
    void refuseDefault(Pin pin) {
        if (!isGoodEnough(pin)) {
            throw new HsmException(HsmFailure.DEFAULT_PIN, "The slot still has a well-known default PIN.");
        }
    }

    boolean isGoodEnough(Pin pin) {
        return acceptsDefault || !pin.isWellKnown();
    }

    /** A copy of the PIN that the token accepted. */
    synchronized Optional<Pin> inUse() {
        return Optional.ofNullable(inUse).map(Pin::copy);
    }

    synchronized boolean isInUse(Pin pin) {
        return inUse != null && inUse.matches(pin);
    }

    /** Whether the gateway works with this PIN, or would: it costs no try to change it. Not one that the token refused. */
    boolean isKnown(TokenIdentity token, Pin pin) {
        try (var pins = new PinsToTry(all(token), false)) {
            return pins.all().stream().anyMatch(pin::matches) && !latch.holds(token, pin);
        }
    }

    /** The token accepted the PIN. */
    void use(TokenIdentity token, Pin pin) {
        nowInUse(pin);
        known.accepted(slot, token, pin);
    }

    /** None is known until one is given. */
    void forget(TokenIdentity token) {
        wipe();
        known.forget(slot, token);
    }

    /** Somebody gave the PIN: it may be tried although it was refused before. */
    void given(TokenIdentity token, Pin pin) {
        latch.release(token, pin);
    }

    /** The token refused the PIN, so it is in use no longer. */
    void refused(TokenIdentity token, Pin pin) {
        latch.latch(token, pin);
        if (isInUse(pin)) {
            wipe();
        }
    }

    /** Whether the PIN in use, or the one refused for it, is one that everybody knows. */
    boolean isDefault() {
        return isDefault;
    }

    /** The one in use first: it held a moment ago. */
    private List<Pin> all(TokenIdentity token) {
        List<Pin> pins = new ArrayList<>(known.userPins(slot, token));
        if (pins.isEmpty()) {
            inUse().ifPresent(pins::add);
        }
        pins.sort(Comparator.comparing(pin -> !isInUse(pin)));
        return pins;
    }

    private synchronized void nowInUse(Pin pin) {
        Pin accepted = pin.copy();
        wipe();
        inUse = accepted;
        isDefault = pin.isWellKnown();
    }

    private synchronized void wipe() {
        if (inUse != null) {
            inUse.close();
            inUse = null;
        }
    }

    private static HsmException locked(String message) {
        return new HsmException(HsmFailure.SLOT_LOCKED, message);
    }
}
