package dev.slotgate.slot;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.UserLogins;
import org.springframework.stereotype.Service;

/** Gives the gateway the user PIN of a slot, or takes it. */
@Service
class SlotLogins {

    private final UserLogins logins;

    SlotLogins(UserLogins logins) {
        this.logins = logins;
    }

    /** Unlocks the slot; whatever becomes of it, the request's PIN is wiped. */
    void unlock(SlotId slot, LoginRequest request) {
        try (Pin _ = request.pin()) {
            logins.unlock(slot, request.checkedPin(), request.maySpendTry());
        }
    }

    void lock(SlotId slot) {
        logins.lock(slot);
    }
}
