package dev.slotgate.key;

import dev.slotgate.hsm.KeyClass;
import dev.slotgate.state.PendingChange;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is about to become of a key; each is a kind of pending change. */
enum KeyPlan {
    MAKE_PRIVATE_KEY(KeyClass.PRIVATE),
    MAKE_SECRET_KEY(KeyClass.SECRET),
    MAKE_PUBLIC_KEY(KeyClass.PUBLIC),
    /** A next version is made, and then gets the label. */
    ROTATE_PRIVATE_KEY(KeyClass.PRIVATE),
    ROTATE_SECRET_KEY(KeyClass.SECRET),
    DESTROY_KEY(null);

    private final @Nullable KeyClass made;

    KeyPlan(@Nullable KeyClass made) {
        this.made = made;
    }

    /** What a whole key is that is made; null when one is destroyed. */
    @Nullable
    KeyClass made() {
        return made;
    }

    boolean rotates() {
        return this == ROTATE_PRIVATE_KEY || this == ROTATE_SECRET_KEY;
    }

    static KeyPlan toMake(KeyClass keyClass) {
        return switch (keyClass) {
            case PRIVATE -> MAKE_PRIVATE_KEY;
            case SECRET -> MAKE_SECRET_KEY;
            case PUBLIC -> MAKE_PUBLIC_KEY;
        };
    }

    static KeyPlan toRotate(KeyClass keyClass) {
        return keyClass == KeyClass.SECRET ? ROTATE_SECRET_KEY : ROTATE_PRIVATE_KEY;
    }

    /** The kind of the pending change. */
    String kind() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Empty for the changes of other features. */
    static Optional<KeyPlan> of(PendingChange change) {
        return Arrays.stream(values())
                .filter(plan -> plan.kind().equals(change.kind()))
                .findFirst();
    }
}
