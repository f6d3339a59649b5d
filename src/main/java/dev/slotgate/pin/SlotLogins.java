package dev.slotgate.pin;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.UserLogins;
import org.springframework.stereotype.Service;

/** Gives the gateway the user PIN of a slot, or takes it. */
@Service
class SlotLogins {

    private final UserLogins logins;
    private final PinAttempts attempts;

    SlotLogins(UserLogins logins, PinAttempts attempts) {
        this.logins = logins;
        this.attempts = attempts;
    }

    /** Unlocks the slot; whatever becomes of it, the request's PIN is wiped. */
    void unlock(String caller, SlotId slot, LoginRequest request) {
        try (request) {
            Pin pin = request.checkedPin();
            attempts.limited(caller, slot, () -> {
                logins.unlock(slot, pin, request.maySpendTry());
                return true;
            });
        }
    }

    void lock(SlotId slot) {
        logins.lock(slot);
    }
}
