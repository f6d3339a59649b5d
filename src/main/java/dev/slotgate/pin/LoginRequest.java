package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.RequestPin;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /slots/{slot}/login}.
 *
 * @param spendTry whether one try may be spent although the token counts wrong ones
 */
record LoginRequest(@Nullable Pin pin, @Nullable Boolean spendTry) implements AutoCloseable {

    /** @throws HsmException INVALID_FIELD */
    Pin checkedPin() {
        return RequestPin.checked("pin", pin);
    }

    boolean maySpendTry() {
        return Boolean.TRUE.equals(spendTry);
    }

    /** Wipes the PIN. */
    @Override
    public void close() {
        RequestPin.wipe(pin);
    }
}
