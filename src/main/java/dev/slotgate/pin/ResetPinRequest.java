package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.RequestPin;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /slots/{slot}/pins/user/reset}.
 *
 * @param spendTry whether one try of the SO PIN may be spent although the token counts wrong ones
 */
record ResetPinRequest(
        @Nullable Pin soPin, @Nullable Pin newPin, @Nullable Boolean spendTry) implements AutoCloseable {

    /** @throws HsmException INVALID_FIELD */
    Pin checkedSoPin() {
        return RequestPin.checked("soPin", soPin);
    }

    /** @throws HsmException INVALID_FIELD */
    Pin checkedNewPin() {
        return RequestPin.checked("newPin", newPin);
    }

    boolean maySpendTry() {
        return Boolean.TRUE.equals(spendTry);
    }

    /** Wipes the PINs. */
    @Override
    public void close() {
        RequestPin.wipe(soPin, newPin);
    }
}
