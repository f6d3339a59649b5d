package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Limits;
import java.util.EnumSet;
import java.util.Set;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * Runs work in the sessions of a slot, within one deadline for all it waits for: what may be done twice, what changes the
 * token, and what goes on over several calls.
 */
final class SlotCalls {

    /** What leaves open whether a change was made. */
    private static final Set<HsmFailure> UNCERTAIN = EnumSet.of(
            HsmFailure.TOKEN_UNAVAILABLE,
            HsmFailure.TOKEN_TIMEOUT,
            HsmFailure.SLOT_BUSY,
            HsmFailure.KEY_NOT_FOUND,
            HsmFailure.AMBIGUOUS_KEY);

    private final SlotSessions sessions;
    private final Attempts attempts;
    private final Limits limits;

    SlotCalls(SlotSessions sessions, Recovery recovery, Limits limits) {
        this.sessions = sessions;
        this.attempts = new Attempts(sessions, recovery);
        this.limits = limits;
    }

    /** Work that may be done twice. */
    <T> T read(SessionWork<T> work) {
        return attempts.inSession(deadline(), work, () -> true);
    }

    /** Work that may be begun twice and goes on in further calls. @return what names it to them */
    long begin(SessionWork<?> first) {
        Deadline deadline = deadline();
        return attempts.made(deadline, fresh -> sessions.hold(deadline, fresh, first), () -> true);
    }

    /** Goes on with it. @throws HsmException SLOT_BUSY when its session was taken back; after any failure it is gone */
    <T> T goOn(long begun, SessionWork<T> next) {
        Deadline deadline = deadline();
        return attempts.made(
                deadline, _ -> sessions.goOn(deadline, held -> held.work(begun, deadline, next)), () -> false);
    }

    /** As {@link #goOn}, with the last piece of it. */
    <T> T end(long begun, SessionWork<T> last) {
        Deadline deadline = deadline();
        return attempts.made(
                deadline, _ -> sessions.goOn(deadline, held -> held.end(begun, deadline, last)), () -> false);
    }

    /** Gives it up, if it has not ended. */
    void letGo(long begun) {
        sessions.letGo(begun);
    }

    /**
     * Work that changes the token.
     *
     * @throws HsmException OUTCOME_UNKNOWN when it failed, or was late, while it may have changed something
     */
    <T> T change(ChangeWork<T> work) {
        Deadline deadline = Deadline.in(limits.generationDeadline());
        return changing(work, (session, retry) -> attempts.inSession(deadline, session, retry));
    }

    /** As {@link #change}, for a change of objects that others may be using: nobody else calls the token meanwhile. */
    <T> T changeAlone(ChangeWork<T> work) {
        Deadline deadline = Deadline.in(limits.generationDeadline());
        return changing(work, (session, retry) -> attempts.inSessionAlone(deadline, session, retry));
    }

    private static <T> T changing(ChangeWork<T> work, Attempting<T> attempts) {
        var progress = new Progress();
        try {
            return attempts.with(session -> work.with(session, progress::begin), progress::isPending);
        } catch (HsmException e) {
            boolean nothingWasDone = progress.giveUp();
            throw !nothingWasDone && UNCERTAIN.contains(e.failure()) ? e.as(HsmFailure.OUTCOME_UNKNOWN) : e;
        }
    }

    private Deadline deadline() {
        return Deadline.in(limits.callDeadline());
    }

    /** How the attempts at a change are made. */
    private interface Attempting<T> {

        T with(SessionWork<T> work, Attempts.Retry retry);
    }

    /** What is done with a lent session and changes the token. */
    @FunctionalInterface
    interface ChangeWork<T> {

        /** @param nowChanging to be run right before the first call that changes something */
        T with(Session session, Runnable nowChanging) throws TokenException;
    }
}
