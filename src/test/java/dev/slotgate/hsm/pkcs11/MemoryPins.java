package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinStore;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store of PINs that lives as long as the test, however often it starts the adapter. */
final class MemoryPins implements PinStore {

    private final Map<String, List<String>> pins = new ConcurrentHashMap<>();

    /** What is stored for the only token of the test from now on. */
    void put(String label, String... inThisOrder) {
        pins.put(label, List.of(inThisOrder));
    }

    List<String> of(String label) {
        return pins.getOrDefault(label, List.of());
    }

    @Override
    public List<Pin> userPins(TokenIdentity token) {
        return of(token.label()).stream().map(TestTokens::pin).toList();
    }

    @Override
    public void accepted(TokenIdentity token, Pin pin) {
        put(token.label(), new String(pin.characters()));
    }

    @Override
    public void forget(TokenIdentity token) {
        pins.remove(token.label());
    }

    /** The same as an adapter asks for it. */
    SlotPins bySlot() {
        return new SlotPins() {
            @Override
            public List<Pin> userPins(SlotId slot, TokenIdentity token) {
                return MemoryPins.this.userPins(token);
            }

            @Override
            public void accepted(SlotId slot, TokenIdentity token, Pin pin) {
                MemoryPins.this.accepted(token, pin);
            }

            @Override
            public void forget(SlotId slot, TokenIdentity token) {
                MemoryPins.this.forget(token);
            }
        };
    }
}
