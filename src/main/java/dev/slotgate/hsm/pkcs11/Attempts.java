package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_NOT_LOGGED_IN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RW_USER_FUNCTIONS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.ckrCodeToName;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;

/** Makes what is to be done with a token once more, on a new session, when the token failed and that is safe. */
final class Attempts {

    private static final String LOGGED_OUT = ckrCodeToName(CKR_USER_NOT_LOGGED_IN);

    private final SlotSessions sessions;
    private final Recovery recovery;

    Attempts(SlotSessions sessions, Recovery recovery) {
        this.sessions = sessions;
        this.recovery = recovery;
    }

    /** Does work in a session that is lent for it. */
    <T> T inSession(Deadline deadline, SessionWork<T> work, Retry retry) {
        return made(deadline, fresh -> sessions.lend(deadline, fresh, work), retry);
    }

    /** As {@link #inSession}, while nobody else calls the token. */
    <T> T inSessionAlone(Deadline deadline, SessionWork<T> work, Retry retry) {
        return made(deadline, fresh -> sessions.lendAlone(deadline, fresh, work), retry);
    }

    /** Makes an attempt, and another one when the first failed for the token's reasons and that is safe. */
    <T> T made(Deadline deadline, Attempt<T> attempt, Retry retry) {
        recovery.check();
        long epoch = sessions.epoch();
        try {
            return succeeding(attempt, false);
        } catch (HsmException e) {
            if (!isTrouble(e)) {
                throw e;
            }
            if (!retry.isSafe()) {
                recovery.failed();
                throw e;
            }
            return again(deadline, attempt, e, epoch);
        }
    }

    private <T> T again(Deadline deadline, Attempt<T> attempt, HsmException first, long epoch) {
        boolean loggedOut = LOGGED_OUT.equals(first.returnCode());
        try {
            boolean falsely = loggedOut && isStillLoggedIn(deadline);
            if (loggedOut && !falsely) {
                sessions.resetSince(epoch, deadline);
            }
            return once(attempt, falsely);
        } catch (HsmException second) {
            if (isTrouble(second)) {
                recovery.failed();
            }
            throw second;
        }
    }

    /** A key with CKA_ALWAYS_AUTHENTICATE answers every time that nobody is logged in, although the user is. */
    private <T> T once(Attempt<T> attempt, boolean wasToldFalsely) {
        try {
            return succeeding(attempt, true);
        } catch (HsmException e) {
            if (wasToldFalsely && LOGGED_OUT.equals(e.returnCode())) {
                throw HsmException.ofToken(
                        HsmFailure.KEY_USAGE,
                        "The key wants a PIN of its own at each use, and the gateway gives none.",
                        LOGGED_OUT);
            }
            throw e;
        }
    }

    private boolean isStillLoggedIn(Deadline deadline) {
        return sessions.lend(deadline, true, session -> session.getSessionInfo().getState() == CKS_RW_USER_FUNCTIONS);
    }

    private <T> T succeeding(Attempt<T> attempt, boolean fresh) {
        T result = attempt.make(fresh);
        recovery.succeeded();
        return result;
    }

    /** Whether the token answered that it, or a session or handle of it, is no good. */
    private static boolean isTrouble(HsmException e) {
        return e.returnCode() != null
                && (e.failure() == HsmFailure.TOKEN_UNAVAILABLE || e.failure() == HsmFailure.KEY_NOT_FOUND);
    }

    /** One of them. */
    @FunctionalInterface
    interface Attempt<T> {

        /** @param fresh whether the session must be a new one */
        T make(boolean fresh);
    }

    /** Whether work that failed may be done again. */
    @FunctionalInterface
    interface Retry {

        boolean isSafe();
    }
}
