package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Timing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.xipki.pkcs11.wrapper.TokenException;
import org.xipki.pkcs11.wrapper.TokenInfo;

/**
 * The sessions of a slot, the login that they share, and the gate before them: work passes it together with other work, or
 * has the token alone. Alone means that no call is in flight but those that were given up, no session is open, and the user
 * is logged out; whoever comes next logs in again.
 */
final class SlotSessions {

    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);
    /** A message at the slowest pace that is let pass brings a part every second. */
    private static final Duration PATIENCE_WITH_HELD = Duration.ofSeconds(10);
    /** The login of who changes it, the change and the proof. */
    private static final int CALLS_OF_A_PIN_CHANGE = 3;
    /** Of which some search all objects of the token. */
    private static final int CALLS_OF_A_LABEL_CHANGE = 5;

    private final SlotId id;
    private final SlotToken token;
    private final Limits limits;
    private final Gate gate = new Gate();
    private final LongAdder givenUpCalls = new LongAdder();
    private final AtomicLong epoch = new AtomicLong();
    private final NativeThread keeper;
    private final UserLogin login;
    private final PinChanges pinChanges;
    private final SessionPool pool;
    private final HeldSessions held;
    private final SlotKeys keys;
    private volatile boolean blocked;

    /** @param whenLoggedIn runs after each login, on a thread that must not be kept */
    SlotSessions(SlotId id, SlotToken token, Limits limits, UserPin pin, Runnable whenLoggedIn) {
        this.id = id;
        this.token = token;
        this.limits = limits;
        this.keeper = new NativeThread("slot-" + id + "-keeper", givenUpCalls);
        var session = new KeeperSession();
        this.login = new UserLogin(token::get, pin, keeper, session, whenLoggedIn);
        this.pinChanges = new PinChanges(token::get, pin, login, session);
        this.pool = new SessionPool("slot-" + id + "-session", () -> token.get().token(), limits, givenUpCalls);
        this.held = new HeldSessions(pool, PATIENCE_WITH_HELD);
        this.keys = new SlotKeys(id, token::get);
    }

    SlotKeys keys() {
        return keys;
    }

    /**
     * Does work in a session of a user who is logged in.
     *
     * @param fresh whether the session must be a new one
     */
    <T> T lend(Deadline deadline, boolean fresh, SessionWork<T> work) {
        return gate.shared(deadline, () -> {
            login.ensure(deadline);
            return pool.withSession(deadline, fresh, work);
        });
    }

    /**
     * As {@link #lend}, while nobody else calls the token.
     *
     * @throws HsmException SLOT_BUSY when a call has not come back, or when others leave it no gap
     */
    <T> T lendAlone(Deadline deadline, boolean fresh, SessionWork<T> work) {
        refuse(hangingCalls() > 0);
        return CallThread.away(() -> gate.inAGap(deadline, () -> {
            Deadline alone = deadline.orIn(limits.callDeadline().multipliedBy(CALLS_OF_A_LABEL_CHANGE));
            login.ensure(alone);
            return pool.withSession(alone, fresh, work);
        }));
    }

    /** As {@link #lend}, for work that goes on in further calls. @see HeldSessions#begin */
    long hold(Deadline deadline, boolean fresh, SessionWork<?> first) {
        return gate.shared(deadline, () -> {
            login.ensure(deadline);
            return held.begin(deadline, fresh, first);
        });
    }

    /** Goes on with it. The gate is passed anew each time: who needs the token alone does not wait for the end of a message. */
    <T> T goOn(Deadline deadline, Function<HeldSessions, T> call) {
        return gate.shared(deadline, () -> call.apply(held));
    }

    void letGo(long number) {
        held.letGo(number);
    }

    /** Asks the token for its state. */
    TokenInfo ask(Deadline deadline) {
        return ask(deadline, BoundToken::ask);
    }

    /** Asks the token something that needs no session. */
    <T> T ask(Deadline deadline, Question<T> question) {
        return gate.shared(deadline, () -> keeper.call(deadline, () -> question.of(token.get())));
    }

    /**
     * Does work that needs the token alone.
     *
     * @throws HsmException SLOT_BUSY when the operations that run do not finish in time
     */
    <T> T exclusively(Supplier<T> work) {
        return alone(Deadline.in(limits.exclusiveWait()), work);
    }

    /** Logs in with a PIN that somebody gave, alone. */
    void logInWith(Pin given, boolean spendTry) {
        exclusively(() -> {
            login.logInWith(given, spendTry, Deadline.in(limits.callDeadline()));
            return true;
        });
    }

    /**
     * Does work with the PINs of the token, alone.
     *
     * @param given copied, since the work may outlive its caller
     * @throws HsmException OUTCOME_UNKNOWN when the token is late
     */
    <T> T withPins(PinWork<T> work, Pin... given) {
        refuse(hangingCalls() > 0);
        List<Pin> copies = Stream.of(given).map(Pin::copy).toList();
        var progress = new Progress();
        try {
            return exclusively(() ->
                    keeper.call(Deadline.in(limits.callDeadline().multipliedBy(CALLS_OF_A_PIN_CHANGE)), () -> {
                        progress.begin();
                        try {
                            return work.with(pinChanges, copies);
                        } finally {
                            copies.forEach(Pin::close);
                        }
                    }));
        } catch (HsmException e) {
            boolean nothingWasDone = progress.giveUp();
            if (nothingWasDone) {
                copies.forEach(Pin::close);
            }
            throw !nothingWasDone && e.failure() == HsmFailure.TOKEN_TIMEOUT ? e.as(HsmFailure.OUTCOME_UNKNOWN) : e;
        }
    }

    /** Closes all sessions and logs in anew, if there is a PIN. */
    void reset() {
        exclusively(() -> isLoggedInOrLocked(Deadline.in(limits.callDeadline())));
    }

    /** How often the sessions were all closed. */
    long epoch() {
        return epoch.get();
    }

    /** As {@link #reset}, unless somebody else did so since the epoch. */
    void resetSince(long seen, Deadline deadline) {
        try {
            gate.exclusively(deadline.orIn(limits.exclusiveWait()), () -> {
                if (epoch.get() == seen) {
                    closeSessions(deadline);
                    isLoggedInOrLocked(deadline);
                }
                return true;
            });
            blocked = false;
        } catch (HsmException e) {
            blocked = hangingCalls() > 0;
            throw e;
        }
    }

    /** Whether a call that hangs keeps the slot from logging in anew. */
    boolean isBlocked() {
        return blocked && hangingCalls() > 0;
    }

    /**
     * Does work that no call of the token survives.
     *
     * @throws HsmException SLOT_BUSY when a call was given up and has not come back, or does not finish in time
     */
    void drained(Deadline deadline, Runnable work) {
        refuse(hangingCalls() > 0);
        alone(deadline, () -> {
            refuse(!pool.isDrained(deadline));
            work.run();
            return true;
        });
    }

    /** Looks for the token again. */
    boolean locate() {
        return exclusively(this::located);
    }

    /** As {@link #locate}, when no session can be open. */
    boolean located() {
        String before = token.identity().serial();
        if (!token.locate()) {
            return false;
        }
        if (!before.equals(token.identity().serial())) {
            keys.cache().forgetAll();
        }
        pool.resize(limits.sessionsOn(token.get().sessionLimit()));
        return true;
    }

    /** Logs in ahead of the first caller. @throws HsmException when that does not work */
    void logIn() {
        Deadline deadline = Deadline.in(limits.callDeadline());
        gate.shared(deadline, () -> {
            login.ensure(deadline);
            return true;
        });
    }

    /** Whether a new session of a token that answers can be used, or cannot for want of a PIN only. */
    boolean work() {
        Deadline deadline = Deadline.in(limits.callDeadline());
        return gate.shared(deadline, () -> {
            return isLoggedInOrLocked(deadline) && (!login.isLoggedIn() || pool.withSession(deadline, true, _ -> true));
        });
    }

    boolean isLoggedIn() {
        return login.isLoggedIn();
    }

    SessionCounts counts() {
        return pool.counts();
    }

    /** @see SessionPool#waits */
    Timing waits() {
        return pool.waits();
    }

    /** @see SessionPool#uses */
    Timing uses() {
        return pool.uses();
    }

    /** Calls that were given up and have not come back. */
    int hangingCalls() {
        return pool.hanging() + (keeper.isHanging() ? 1 : 0);
    }

    /** Whether the token can be asked for its state without waiting for a call that hangs. */
    boolean canAsk() {
        return !keeper.isHanging();
    }

    long givenUpCalls() {
        return givenUpCalls.sum();
    }

    long logins() {
        return login.logins();
    }

    /** Closes every session and logs out. False when a call hangs in one of them. */
    boolean close() {
        boolean poolClosed = pool.close();
        keeper.finish(login::logOut);
        return keeper.hasEndedWithin(PATIENCE_AT_CLOSE) && poolClosed;
    }

    private <T> T alone(Deadline deadline, Supplier<T> work) {
        return gate.exclusively(deadline, () -> {
            closeSessions(Deadline.in(limits.callDeadline()));
            return work.get();
        });
    }

    /** A session that does not close in time is left to itself; logging out does not depend on it. */
    private void closeSessions(Deadline deadline) {
        epoch.incrementAndGet();
        keys.cache().newGeneration();
        held.letGoAll();
        pool.closeIdle();
        pool.isDrained(deadline.orIn(limits.exclusiveWait()));
        login.end(deadline);
    }

    private boolean isLoggedInOrLocked(Deadline deadline) {
        try {
            login.ensure(deadline);
            return true;
        } catch (HsmException e) {
            // The token is in order; what is missing is a PIN, or the leave to send it.
            if (e.failure().meaning() == HsmFailure.Meaning.CONFLICT
                    || e.failure() == HsmFailure.DATABASE_UNAVAILABLE) {
                return true;
            }
            throw e;
        }
    }

    private void refuse(boolean callHangs) {
        if (callHangs) {
            throw new HsmException(HsmFailure.SLOT_BUSY, "A call of the token in slot " + id + " has not come back.");
        }
    }

    /** What is asked of a token. */
    interface Question<T> {

        T of(BoundToken token) throws TokenException;
    }
}
