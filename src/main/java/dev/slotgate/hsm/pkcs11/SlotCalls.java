package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_NOT_LOGGED_IN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKS_RW_USER_FUNCTIONS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.ckrCodeToName;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Limits;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * Runs work in the sessions of a slot: through the gate, logged in, within one deadline for all it waits for, and once more
 * on a new session when the token failed and that is safe.
 */
final class SlotCalls {

    private static final String LOGGED_OUT = ckrCodeToName(CKR_USER_NOT_LOGGED_IN);

    /** What leaves open whether a change was made. */
    private static final Set<HsmFailure> UNCERTAIN = EnumSet.of(
            HsmFailure.TOKEN_UNAVAILABLE,
            HsmFailure.TOKEN_TIMEOUT,
            HsmFailure.SLOT_BUSY,
            HsmFailure.KEY_NOT_FOUND,
            HsmFailure.AMBIGUOUS_KEY);

    private final SlotSessions sessions;
    private final Recovery recovery;
    private final Limits limits;

    SlotCalls(SlotSessions sessions, Recovery recovery, Limits limits) {
        this.sessions = sessions;
        this.recovery = recovery;
        this.limits = limits;
    }

    /** Work that may be done twice. */
    <T> T read(SessionWork<T> work) {
        return run(Deadline.in(limits.callDeadline()), work, () -> true);
    }

    /**
     * Work that changes the token.
     *
     * @throws HsmException OUTCOME_UNKNOWN when it failed, or was late, while it may have changed something
     */
    <T> T change(ChangeWork<T> work) {
        var progress = new AtomicReference<>(Progress.PENDING);
        try {
            return run(
                    Deadline.in(limits.generationDeadline()),
                    session -> work.with(session, () -> begin(progress)),
                    () -> progress.get() == Progress.PENDING);
        } catch (HsmException e) {
            boolean nothingWasDone = progress.compareAndSet(Progress.PENDING, Progress.ABANDONED);
            throw !nothingWasDone && UNCERTAIN.contains(e.failure()) ? e.as(HsmFailure.OUTCOME_UNKNOWN) : e;
        }
    }

    /** Work whose caller was told that nothing was done must not begin any more. */
    private static void begin(AtomicReference<Progress> progress) {
        if (!progress.compareAndSet(Progress.PENDING, Progress.BEGUN)) {
            throw new HsmException(HsmFailure.TOKEN_TIMEOUT, "The caller has given up.");
        }
    }

    private <T> T run(Deadline deadline, SessionWork<T> work, Retry retry) {
        recovery.check();
        long epoch = sessions.epoch();
        try {
            return succeeding(deadline, false, work);
        } catch (HsmException e) {
            if (!isTrouble(e)) {
                throw e;
            }
            if (!retry.isSafe()) {
                recovery.failed();
                throw e;
            }
            return again(deadline, work, e, epoch);
        }
    }

    private <T> T again(Deadline deadline, SessionWork<T> work, HsmException first, long epoch) {
        boolean loggedOut = LOGGED_OUT.equals(first.returnCode());
        try {
            boolean falsely = loggedOut && isStillLoggedIn(deadline);
            if (loggedOut && !falsely) {
                sessions.resetSince(epoch, deadline);
            }
            return once(deadline, work, falsely);
        } catch (HsmException second) {
            if (isTrouble(second)) {
                recovery.failed();
            }
            throw second;
        }
    }

    /** A key with CKA_ALWAYS_AUTHENTICATE answers every time that nobody is logged in, although the user is. */
    private <T> T once(Deadline deadline, SessionWork<T> work, boolean wasToldFalsely) {
        try {
            return succeeding(deadline, true, work);
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

    private <T> T succeeding(Deadline deadline, boolean fresh, SessionWork<T> work) {
        T result = sessions.lend(deadline, fresh, work);
        recovery.succeeded();
        return result;
    }

    /** Whether the token answered that it, or a session or handle of it, is no good. */
    private static boolean isTrouble(HsmException e) {
        return e.returnCode() != null
                && (e.failure() == HsmFailure.TOKEN_UNAVAILABLE || e.failure() == HsmFailure.KEY_NOT_FOUND);
    }

    private enum Progress {
        PENDING,
        BEGUN,
        ABANDONED
    }

    /** Whether work that failed may be done again. */
    @FunctionalInterface
    private interface Retry {

        boolean isSafe();
    }

    /** What is done with a lent session and changes the token. */
    @FunctionalInterface
    interface ChangeWork<T> {

        /** @param nowChanging to be run right before the first call that changes something */
        T with(Session session, Runnable nowChanging) throws TokenException;
    }
}
