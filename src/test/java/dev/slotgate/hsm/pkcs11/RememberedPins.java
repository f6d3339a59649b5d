package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.TokenIdentity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A latch that lives as long as the test, however often it starts the adapter. */
final class RememberedPins implements PinLatch {

    private final Map<TokenIdentity, Pin> refused = new ConcurrentHashMap<>();

    @Override
    public boolean holds(TokenIdentity token, Pin pin) {
        Pin latched = refused.get(token);
        return latched != null && latched.matches(pin);
    }

    @Override
    public void latch(TokenIdentity token, Pin pin) {
        // The caller wipes its own.
        refused.put(token, new Pin(pin.characters().clone()));
    }

    @Override
    public void release(TokenIdentity token) {
        refused.remove(token);
    }
}
