package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Pin;
import java.util.List;
import java.util.function.Predicate;

/**
 * The PINs that a token may be asked to accept, in their order.
 *
 * @param isUnsettled whether the token has one of several, since a change of its PIN was cut short
 */
record PinsToTry(List<Pin> all, boolean isUnsettled) implements AutoCloseable {

    /** Leaves some out. */
    void drop(Predicate<Pin> unwanted) {
        all.removeIf(pin -> {
            boolean drops = unwanted.test(pin);
            if (drops) {
                pin.close();
            }
            return drops;
        });
    }

    @Override
    public void close() {
        all.forEach(Pin::close);
    }
}
