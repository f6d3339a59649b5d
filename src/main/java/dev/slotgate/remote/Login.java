package dev.slotgate.remote;

import dev.slotgate.hsm.Pin;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in to a slot, as far as a connection is concerned: the token knows nothing of it.
 *
 * @param soPinOrNull that of the SO, who is logged in at the token for each of their calls anew
 */
record Login(Role role, @Nullable Pin soPinOrNull) implements AutoCloseable {

    static final Login PUBLIC = new Login(Role.PUBLIC, null);
    static final Login USER = new Login(Role.USER, null);

    /** @param pin is taken over, and wiped with the login */
    static Login ofSo(Pin pin) {
        return new Login(Role.SO, pin);
    }

    Pin soPin() {
        return Objects.requireNonNull(soPinOrNull);
    }

    @Override
    public void close() {
        if (soPinOrNull != null) {
            soPinOrNull.close();
        }
    }

    /** Who. */
    enum Role {
        PUBLIC(0),
        USER(1),
        SO(2);

        /** What is added to CKS_RO_PUBLIC_SESSION or CKS_RW_PUBLIC_SESSION. */
        private final long state;

        Role(long state) {
            this.state = state;
        }

        long state() {
            return state;
        }
    }
}
