package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.TokenIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which user PIN the gateway logs in with: the one in use, else the one of the source; never one that was refused before. */
final class UserPin {

    private final PinSource source;
    private final PinLatch latch;
    private final boolean acceptsDefault;
    private @Nullable Pin inUse;
    private boolean forgotten;
    private volatile boolean isDefault;

    /** @param acceptsDefault whether a PIN that everybody knows is good enough */
    UserPin(PinSource source, PinLatch latch, boolean acceptsDefault) {
        this.source = source;
        this.latch = latch;
        this.acceptsDefault = acceptsDefault;
    }

    /**
     * A copy of the PIN that may be tried; the caller wipes it.
     *
     * @throws HsmException SLOT_LOCKED when there is none, DEFAULT_PIN when it is one that everybody knows
     */
    Pin toTry(TokenIdentity token) {
        Pin pin = inUse().or(() -> fromSource(token))
                .orElseThrow(() -> locked("The slot's user PIN is not known to the gateway."));
        try {
            isDefault = pin.isWellKnown();
            refuseDefault(pin);
            if (latch.holds(token, pin)) {
                throw locked("The token refused the user PIN before, and it is not tried again.");
            }
            return pin;
        } catch (RuntimeException e) {
            pin.close();
            throw e;
        }
    }

    /** @throws HsmException DEFAULT_PIN */
    void refuseDefault(Pin pin) {
        if (!acceptsDefault && pin.isWellKnown()) {
            throw new HsmException(HsmFailure.DEFAULT_PIN, "The slot still has a well-known default PIN.");
        }
    }

    /** A copy of the PIN that the token accepted. */
    synchronized Optional<Pin> inUse() {
        return Optional.ofNullable(inUse).map(Pin::copy);
    }

    synchronized boolean isInUse(Pin pin) {
        return inUse != null && inUse.matches(pin);
    }

    /** The token accepted the PIN. */
    synchronized void use(Pin pin) {
        Pin accepted = pin.copy();
        wipe();
        inUse = accepted;
        forgotten = false;
        isDefault = pin.isWellKnown();
    }

    /** The gateway is to know no PIN until one is given. */
    synchronized void forget() {
        wipe();
        forgotten = true;
    }

    /** Somebody gave the PIN: it may be tried although it was refused before. */
    void given(TokenIdentity token, Pin pin) {
        latch.release(token, pin);
    }

    /** The token refused the PIN, so it is in use no longer. */
    synchronized void refused(TokenIdentity token, Pin pin) {
        latch.latch(token, pin);
        if (isInUse(pin)) {
            wipe();
        }
    }

    /** Whether the PIN in use, or the one refused for it, is one that everybody knows. */
    boolean isDefault() {
        return isDefault;
    }

    private synchronized Optional<Pin> fromSource(TokenIdentity token) {
        return forgotten ? Optional.empty() : source.userPin(token);
    }

    private void wipe() {
        if (inUse != null) {
            inUse.close();
            inUse = null;
        }
    }

    private static HsmException locked(String message) {
        return new HsmException(HsmFailure.SLOT_LOCKED, message);
    }
}
