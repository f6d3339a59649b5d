package dev.slotgate.slot;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenInitialiser;
import org.springframework.stereotype.Service;

/** Initialises tokens. */
@Service
class FreshTokens {

    private final TokenInitialiser tokens;

    FreshTokens(TokenInitialiser tokens) {
        this.tokens = tokens;
    }

    /** Begins the token anew; whatever becomes of it, the request's PINs are wiped. */
    void initialise(String caller, SlotId slot, InitRequest request) {
        try (request) {
            tokens.initialise(
                    caller,
                    slot,
                    request.checkedLabel(),
                    request.checkedConfirm(),
                    request.checkedSoPin(),
                    request.checkedUserPin(),
                    request.maySpendTry());
        }
    }
}
