package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A latch that lives as long as the test, however often it starts the adapter. */
final class RememberedPins implements PinLatch {

    private final List<Refused> refused = new CopyOnWriteArrayList<>();

    @Override
    public boolean holds(TokenIdentity token, Pin pin) {
        return refused.contains(Refused.of(token, pin));
    }

    @Override
    public void latch(TokenIdentity token, Pin pin) {
        refused.add(Refused.of(token, pin));
    }

    @Override
    public void release(TokenIdentity token, Pin pin) {
        refused.removeAll(List.of(Refused.of(token, pin)));
    }

    /** In the clear, since it is a test's. */
    private record Refused(TokenIdentity token, String pin) {

        static Refused of(TokenIdentity token, Pin pin) {
            return new Refused(token, new String(pin.characters()));
        }
    }
}
