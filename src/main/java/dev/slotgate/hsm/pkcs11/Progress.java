package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.util.concurrent.atomic.AtomicReference;

/** How far work that changes a token is, which its caller may give up: either it has begun, or it never will. */
final class Progress {

    private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);

    /** To be called right before the first thing that is done. @throws HsmException TOKEN_TIMEOUT when it was given up */
    void begin() {
        if (!state.compareAndSet(State.PENDING, State.BEGUN)) {
            throw new HsmException(HsmFailure.TOKEN_TIMEOUT, "The caller has given up.");
        }
    }

    boolean isPending() {
        return state.get() == State.PENDING;
    }

    /** Its caller waits no longer. @return whether nothing was done, and nothing will be */
    boolean giveUp() {
        return state.compareAndSet(State.PENDING, State.ABANDONED);
    }

    private enum State {
        PENDING,
        BEGUN,
        ABANDONED
    }
}
