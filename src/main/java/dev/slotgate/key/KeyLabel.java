package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.PlainText;
import org.jspecify.annotations.Nullable;

/** The rule for labels of keys made here: 1 to 255 characters, none of them a control character. */
final class KeyLabel {

    private static final int MAX = 255;

    private KeyLabel() {}

    static @Nullable String checked(@Nullable String label) {
        if (label == null) {
            return null;
        }
        int length = label.codePointCount(0, label.length());
        if (length < 1 || length > MAX) {
            throw HsmException.invalidField("label", "1 to " + MAX + " characters", length + " characters");
        }
        if (!label.codePoints().allMatch(PlainText::has)) {
            throw HsmException.invalidField("label", "no control characters", "some");
        }
        return label;
    }
}
