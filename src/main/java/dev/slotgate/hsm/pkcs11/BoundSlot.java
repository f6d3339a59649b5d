package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Completion;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.TokenMechanisms;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** A slot of the gateway: the token it stands for, its sessions, and its way back when the token fails. */
final class BoundSlot implements Recovery.Steps {

    private static final Logger LOG = LoggerFactory.getLogger(BoundSlot.class);

    private static final Set<HsmFailure> TROUBLE = EnumSet.of(HsmFailure.TOKEN_UNAVAILABLE, HsmFailure.TOKEN_TIMEOUT);

    private final TokenBinding binding;
    private final Limits limits;
    private final UserPin pin;
    private final SlotToken token;
    private final SlotSessions sessions;
    private final Recovery recovery;
    private final SlotCalls calls;
    private final LongAdder recoveries = new LongAdder();

    /** @param watcher is told after each login, on a thread that must not be kept */
    BoundSlot(TokenBinding binding, UserPin pin, SlotWatcher watcher) {
        this.binding = binding;
        this.limits = binding.slot().limits();
        this.pin = pin;
        this.token = new SlotToken(binding);
        this.sessions = new SlotSessions(id(), token, limits, pin, () -> watcher.becameReady(id(), identity()));
        this.recovery = new Recovery(id().toString(), this);
        this.calls = new SlotCalls(sessions, recovery, limits);
    }

    SlotId id() {
        return binding.slot().id();
    }

    SlotKeys keys() {
        return sessions.keys();
    }

    TokenIdentity identity() {
        return token.identity();
    }

    /** Finds the token and logs in ahead of the first caller; a slot that cannot says why when it is used. */
    void start() {
        orLookAfter(() -> {
            if (sessions.locate()) {
                sessions.logIn();
            } else {
                throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The token is not there.");
            }
        });
    }

    /** Says why the slot is not ready, and has the prober look after a token that is gone or in trouble. */
    private void orLookAfter(Runnable logIn) {
        try {
            logIn.run();
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.SLOT_BUSY) {
                LOG.warn("Slot {} ({}) is not ready: {}", id(), identity().label(), e.getMessage());
            }
            if (TROUBLE.contains(e.failure())) {
                recovery.open();
            }
        }
    }

    <T> T read(SessionWork<T> work) {
        return calls.read(work);
    }

    /** Uses a key; it may be used twice. */
    <T> T use(KeyId key, KeyWork<T> work) {
        return calls.read(inSession(key, work));
    }

    /** Begins to use a key, in a session that stays lent. @see SlotCalls#begin */
    long hold(KeyId key, KeyWork<?> first) {
        return calls.begin(inSession(key, first));
    }

    private <T> SessionWork<T> inSession(KeyId key, KeyWork<T> work) {
        return session -> keys().using(session, key, handle -> work.with(session, handle));
    }

    SlotCalls calls() {
        return calls;
    }

    <T> T change(SlotCalls.ChangeWork<T> work) {
        return calls.change(work);
    }

    <T> T changeAlone(SlotCalls.ChangeWork<T> work) {
        return calls.changeAlone(work);
    }

    /** @throws HsmException SLOT_BUSY when a call that was given up may still do what it was asked */
    void refuseWhileCallsHang() {
        if (hasHangingCalls()) {
            throw new HsmException(HsmFailure.SLOT_BUSY, "A call of the token has not come back.");
        }
    }

    /** Whether a call that was given up has not come back. */
    boolean hasHangingCalls() {
        return sessions.hangingCalls() > 0;
    }

    /** Whether the token is looked after, and nobody may call it. */
    boolean isInTrouble() {
        return recovery.isOpen();
    }

    /** Does work that needs the token alone. @see SlotSessions#exclusively */
    <T> T exclusively(Supplier<T> work) {
        return sessions.exclusively(work);
    }

    /** Gives the gateway the PIN. @see dev.slotgate.hsm.UserLogins#unlock */
    void unlock(Pin given, boolean spendTry) {
        recovery.check();
        if (isInUse(given)) {
            return;
        }
        pin.refuseDefault(given);
        // Before the user is logged out, since nobody may be able to log in again.
        PinTries.checkMayTry(PinRole.USER, sessions.ask(Deadline.in(limits.callDeadline())), spendTry);
        pin.given(identity(), given);
        sessions.logInWith(given, spendTry);
    }

    boolean isInUse(Pin given) {
        return sessions.isLoggedIn() && pin.isInUse(given);
    }

    /** Logs out and forgets the PIN. */
    void lock() {
        // A login that is under way ends before, or it would have the PIN known again.
        sessions.exclusively(() -> {
            pin.forget(identity());
            return true;
        });
    }

    /** Does work with the PINs of the token, then has the user come back. @see SlotSessions#withPins */
    <T> T withPins(PinWork<T> work, Pin... given) {
        recovery.check();
        try {
            return sessions.withPins(work, given);
        } finally {
            orLookAfter(sessions::logIn);
        }
    }

    /** @see dev.slotgate.hsm.TokenPins#initialise */
    void initialise(String label, Pin soPin, Pin userPin, boolean spendTry) {
        var renamed = new TokenIdentity(identity().module(), identity().serial(), label);
        if (!binding.slot().fits(renamed)) {
            throw HsmException.invalidField("label", "the label that the slot is bound by", Quoted.text(label));
        }
        withPins(
                (changes, pins) -> {
                    changes.initialise(label, pins.getFirst(), pins.getLast(), spendTry);
                    return true;
                },
                soPin,
                userPin);
        keys().cache().forgetAll();
        start();
    }

    /** @see dev.slotgate.hsm.TokenPins#logInAnew */
    void logInAnew() {
        recovery.check();
        sessions.reset();
    }

    SlotStatus status() {
        return new SlotStatus(
                state(),
                sessions.counts(),
                sessions.hangingCalls(),
                sessions.logins(),
                sessions.givenUpCalls(),
                recoveries.sum(),
                sessions.waits(),
                sessions.uses());
    }

    /** The slot as it is now. A token that does not answer is described by what is known of it. */
    Slot describe() {
        TokenInfo now = info();
        BoundToken known = token.found();
        if (known == null) {
            return SlotDescription.unknown(id(), binding.slot().automatic(), identity(), state(), sessions.counts());
        }
        SlotState state = now == null && state() == SlotState.READY ? SlotState.DEGRADED : state();
        TokenInfo info = now == null ? known.info() : now;
        return SlotDescription.of(id(), binding.slot().automatic(), info, state, pin.isDefault(), sessions.counts());
    }

    /** What the token can do. */
    TokenMechanisms mechanisms() {
        recovery.check();
        return sessions.ask(Deadline.in(limits.callDeadline()), now -> TokenAbilities.of(now, completion()));
    }

    /** What the gateway may complete around the token. */
    Completion completion() {
        return binding.slot().completion();
    }

    /** What is known of tokens of its make. */
    TokenHabits habits() {
        return TokenHabits.of(token.get().info());
    }

    @Override
    public void reset() {
        recoveries.increment();
        sessions.reset();
    }

    @Override
    public void restartModule() {
        recoveries.increment();
        binding.module().restart();
        LOG.info(
                "Slot {}: module {} was initialised again",
                id(),
                binding.module().name());
    }

    @Override
    public long nanosSinceRestart() {
        return binding.module().nanosSinceRestart();
    }

    @Override
    public boolean works() {
        return (answers() || sessions.locate()) && sessions.work();
    }

    boolean isLoggedIn() {
        return sessions.isLoggedIn();
    }

    /**
     * A slot whose token is in trouble itself has nothing to lose.
     *
     * @throws HsmException when the slot, once logged out, could not be logged in again as things are
     */
    void checkCouldLogInAgain() {
        if (answers()) {
            PinTries.checkMayLogIn(sessions.ask(Deadline.in(limits.callDeadline())), false);
            pin.toTry(identity()).close();
        }
    }

    /** Logs in without a caller, and without waiting for it; a slot that the prober has is left to it. */
    void logInAgain() {
        if (!recovery.isOpen()) {
            Thread.ofVirtual().name("slot-" + id() + "-login").start(() -> orLookAfter(sessions::logIn));
        }
    }

    /** Does work while no call is in flight, then looks for the token, which may be another one now. */
    void drained(Deadline deadline, Runnable work) {
        sessions.drained(deadline, () -> {
            work.run();
            if (!sessions.located()) {
                recovery.open();
            }
        });
    }

    /** Closes every session and logs out. False when a call hangs in one of them. */
    boolean close() {
        recovery.stop();
        return sessions.close();
    }

    private SlotState state() {
        BoundToken known = token.found();
        if (known == null) {
            return SlotState.ABSENT;
        }
        if (recovery.isOpen()
                || !sessions.canAsk()
                || sessions.isBlocked()
                || 2 * sessions.hangingCalls() >= sessions.counts().max()) {
            return SlotState.DEGRADED;
        }
        if (!FoundToken.isInitialised(known.info())) {
            return SlotState.UNINITIALIZED;
        }
        return sessions.isLoggedIn() ? SlotState.READY : SlotState.LOCKED;
    }

    /** What the token says of itself; null when it says nothing, or when nobody is to ask it. */
    private @Nullable TokenInfo info() {
        if (recovery.isOpen() || !sessions.canAsk()) {
            return null;
        }
        try {
            return sessions.ask(Deadline.in(limits.callDeadline()));
        } catch (HsmException e) {
            if (e.returnCode() != null) {
                recovery.failed();
            }
            return null;
        }
    }

    private boolean answers() {
        try {
            return token.found() != null && sessions.ask(Deadline.in(limits.callDeadline())) != null;
        } catch (HsmException e) {
            return false;
        }
    }
}
