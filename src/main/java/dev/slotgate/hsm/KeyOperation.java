package dev.slotgate.hsm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be done with a key. */
public enum KeyOperation {
    SIGN(true),
    VERIFY(false),
    ENCRYPT(true),
    DECRYPT(false),
    MAC(true),
    /** Whoever may make a MAC may have one compared; also with an earlier version of the key. */
    MAC_VERIFY(false),
    WRAP(true),
    UNWRAP(false),
    DERIVE(false);

    private final boolean protectsAnew;

    KeyOperation(boolean protectsAnew) {
        this.protectsAnew = protectsAnew;
    }

    /** Whether it protects something new, which the current version of a key does, and no earlier one. */
    public boolean protectsAnew() {
        return protectsAnew;
    }

    /** The word on the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<KeyOperation> of(String word) {
        return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
    }

    /** Every word, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(KeyOperation::word).collect(Collectors.joining(", "));
    }
}
