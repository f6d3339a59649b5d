package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.TokenIdentity;
import org.jspecify.annotations.Nullable;

/** Where the token of a slot was found last; absent as long as it was not found. */
final class SlotToken {

    private final TokenBinding binding;
    private volatile @Nullable BoundToken found;
    private volatile TokenIdentity lastSeen;

    SlotToken(TokenBinding binding) {
        this.binding = binding;
        this.lastSeen = binding.slot().lastSeen();
    }

    /** Looks for the token in its module; what is found takes the place of what was there. */
    boolean locate() {
        BoundToken now = binding.find().orElse(null);
        found = now;
        if (now != null) {
            lastSeen = now.identity();
        }
        return now != null;
    }

    @Nullable
    BoundToken found() {
        return found;
    }

    /** @throws HsmException TOKEN_UNAVAILABLE when it is absent */
    BoundToken get() {
        BoundToken token = found;
        if (token == null) {
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The slot's token is not there.");
        }
        return token;
    }

    /** What the token is, or was when it was there. */
    TokenIdentity identity() {
        return lastSeen;
    }
}
