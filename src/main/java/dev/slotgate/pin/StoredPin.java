package dev.slotgate.pin;

import dev.slotgate.hsm.PinRole;
import org.jspecify.annotations.Nullable;

/**
 * A PIN in the store, still sealed.
 *
 * @param version counts up for each token and role; the newest PIN has the highest
 * @param managed nobody else knows it
 * @param withheld it is kept, and not used
 * @param sealed in standard base64
 * @param change the id of the pending change that it belongs to; null when it is current
 * @param old whether no call can be under way any more that belongs to that change
 */
record StoredPin(
        PinRole role,
        int version,
        State state,
        boolean managed,
        boolean withheld,
        String sealed,
        @Nullable String change,
        boolean old) {

    /** Why a PIN is kept. */
    enum State {
        /** The user PIN that the gateway logs in with. */
        CURRENT,
        /** The one that the caller of a change gave as the old one. */
        CLAIMED,
        /** The one that a change was to bring. */
        PENDING
    }
}
