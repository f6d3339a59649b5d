package dev.slotgate.hsm;

import org.jspecify.annotations.Nullable;

/** The PINs of requests: whether they can be PINs at all. No message shows them. */
public final class RequestPin {

    private static final String EXPECTED = "a string of at least one character, none of them a control character";

    private RequestPin() {}

    /**
     * The PIN in a field.
     *
     * @throws HsmException INVALID_FIELD, which tells nothing of what came
     */
    public static Pin checked(String field, @Nullable Pin pin) {
        if (pin == null) {
            throw HsmException.invalidField(field, EXPECTED, "nothing");
        }
        if (pin.characters().length == 0) {
            throw HsmException.invalidField(field, EXPECTED, "an empty one");
        }
        if (!isText(pin.characters())) {
            throw HsmException.invalidField(field, EXPECTED, "another");
        }
        return pin;
    }

    /** Wipes the PINs of a request. */
    public static void wipe(@Nullable Pin... pins) {
        for (Pin pin : pins) {
            if (pin != null) {
                pin.close();
            }
        }
    }

    private static boolean isText(char[] characters) {
        for (int i = 0; i < characters.length; i++) {
            int c = Character.codePointAt(characters, i);
            if (!PlainText.has(c)) {
                return false;
            }
            i += Character.charCount(c) - 1;
        }
        return true;
    }
}
