package dev.slotgate.slot;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Pin;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /slots/{slot}/login}.
 *
 * @param spendTry whether one try may be spent although the token counts wrong ones
 */
record LoginRequest(@Nullable Pin pin, @Nullable Boolean spendTry) {

    private static final String EXPECTED = "a string of at least one character, none of them a control character";

    /** @throws HsmException INVALID_FIELD, which tells nothing of what came */
    Pin checkedPin() {
        if (pin == null) {
            throw HsmException.invalidField("pin", EXPECTED, "nothing");
        }
        if (pin.characters().length == 0) {
            throw HsmException.invalidField("pin", EXPECTED, "an empty one");
        }
        if (!isText(pin.characters())) {
            throw HsmException.invalidField("pin", EXPECTED, "another");
        }
        return pin;
    }

    boolean maySpendTry() {
        return Boolean.TRUE.equals(spendTry);
    }

    private static boolean isText(char[] characters) {
        for (int i = 0; i < characters.length; i++) {
            int c = Character.codePointAt(characters, i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                return false;
            }
            i += Character.charCount(c) - 1;
        }
        return true;
    }
}
