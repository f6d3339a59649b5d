package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * Where a key stands among its versions.
 *
 * @param number counted from 1
 * @param previous the version before it
 * @param successor the version that has its label now; null for the current one
 */
record KeyVersion(
        int number, @Nullable KeyId previous, @Nullable KeyId successor) {

    static final KeyVersion FIRST = new KeyVersion(1, null, null);

    /** That a key has a next version already. */
    static HsmException rotatedTo(KeyId next) {
        return HsmException.inField(
                HsmFailure.KEY_SUPERSEDED, "key", "key: this one was rotated, its next version is " + next);
    }

    /** What a key is called when its label has passed to the next version. */
    String labelLeft(String label) {
        return label + suffix();
    }

    /** The label that the key had, or has, before it passed to the next version. */
    String labelHeld(String label) {
        return label.endsWith(suffix()) ? label.substring(0, label.length() - suffix().length()) : label;
    }

    private String suffix() {
        return "~v" + number;
    }
}
