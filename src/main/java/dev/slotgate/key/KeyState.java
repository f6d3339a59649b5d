package dev.slotgate.key;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a key may be used. */
enum KeyState {
    ENABLED,
    DISABLED,
    /** Not used any more, and destroyed when its time has come. */
    PENDING_DESTRUCTION;

    /** The word on the API. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<KeyState> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }
}
