package dev.slotgate.slot;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PlainText;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.RequestPin;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /slots/{slot}/init}.
 *
 * @param label of the token from now on
 * @param soPin the SO PIN that the token has; that of a blank token is chosen with it
 * @param confirm the label of the token as it is; empty for a blank one
 * @param spendTry whether one try of the SO PIN may be spent although the token counts wrong ones
 */
record InitRequest(
        @Nullable String label,
        @Nullable Pin soPin,
        @Nullable Pin userPin,
        @Nullable String confirm,
        @Nullable Boolean spendTry)
        implements AutoCloseable {

    private static final int MAX_LABEL_BYTES = 32;
    private static final String EXPECTED_LABEL =
            "1 to 32 bytes of UTF-8 without control characters, and no blank at either end";

    /** @throws HsmException INVALID_FIELD */
    String checkedLabel() {
        if (label == null) {
            throw HsmException.invalidField("label", EXPECTED_LABEL, "nothing");
        }
        int bytes = label.getBytes(StandardCharsets.UTF_8).length;
        boolean fits = bytes > 0
                && bytes <= MAX_LABEL_BYTES
                && label.strip().equals(label)
                && label.codePoints().allMatch(PlainText::has);
        if (!fits) {
            throw HsmException.invalidField("label", EXPECTED_LABEL, Quoted.text(label));
        }
        return label;
    }

    /** @throws HsmException INVALID_FIELD */
    String checkedConfirm() {
        if (confirm == null) {
            throw HsmException.invalidField(
                    "confirm", "the token's label as it is, empty for a blank token", "nothing");
        }
        return confirm;
    }

    /** @throws HsmException INVALID_FIELD */
    Pin checkedSoPin() {
        return RequestPin.checked("soPin", soPin);
    }

    /** @throws HsmException INVALID_FIELD */
    Pin checkedUserPin() {
        return RequestPin.checked("userPin", userPin);
    }

    boolean maySpendTry() {
        return Boolean.TRUE.equals(spendTry);
    }

    /** Wipes the PINs. */
    @Override
    public void close() {
        RequestPin.wipe(soPin, userPin);
    }
}
