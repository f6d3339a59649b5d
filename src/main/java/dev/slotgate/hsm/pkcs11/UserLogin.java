package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * The user's login to one token. One thread, the keeper, logs in for all sessions and keeps a session open that keeps the
 * login alive. Everything but {@link #ensure} and the questions runs while no other work of the slot does, since a login
 * makes the handles of private objects invalid.
 */
final class UserLogin {

    private static final Logger LOG = LoggerFactory.getLogger(UserLogin.class);

    private final Supplier<BoundToken> token;
    private final UserPin pin;
    private final NativeThread keeper;
    private final Runnable whenLoggedIn;
    private final LongAdder logins = new LongAdder();
    /** Belongs to the keeper's thread. */
    private final KeeperSession session;

    private volatile boolean loggedIn;

    /** @param whenLoggedIn runs on the keeper's thread after each login */
    UserLogin(
            Supplier<BoundToken> token,
            UserPin pin,
            NativeThread keeper,
            KeeperSession session,
            Runnable whenLoggedIn) {
        this.token = token;
        this.pin = pin;
        this.keeper = keeper;
        this.session = session;
        this.whenLoggedIn = whenLoggedIn;
    }

    /**
     * Sees to it that the user is logged in; callers that come meanwhile wait for the one that does it.
     *
     * @throws HsmException SLOT_LOCKED or DEFAULT_PIN when there is no PIN that may be tried
     */
    void ensure(Deadline deadline) {
        if (loggedIn) {
            return;
        }
        if (keeper.isHanging()) {
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "A login to the token has not come back.");
        }
        keeper.call(deadline, this::logInOnce);
    }

    boolean isLoggedIn() {
        return loggedIn;
    }

    /** How many logins were sent to the token. */
    long logins() {
        return logins.sum();
    }

    /** Logs out, when the other sessions are closed or hang. */
    void end(Deadline deadline) {
        loggedIn = false;
        keeper.call(deadline, () -> {
            logOut();
            return true;
        });
    }

    /** Runs on the keeper's thread. */
    void logOut() {
        loggedIn = false;
        session.end();
    }

    /**
     * Logs in with a PIN that somebody gave. A refused one leaves the old one in use.
     *
     * @throws HsmException PIN_INCORRECT, PIN_LOCKED, PIN_EXPIRED, PIN_TRIES_LOW
     */
    void logInWith(Pin given, boolean spendTry, Deadline deadline) {
        // The caller wipes its PIN when the deadline is over, the keeper may still be about to send it.
        Pin mine = given.copy();
        keeper.call(deadline, () -> {
            try (mine) {
                return tryGiven(mine, spendTry, deadline);
            }
        });
    }

    private boolean tryGiven(Pin given, boolean spendTry, Deadline deadline) throws TokenException {
        BoundToken bound = token.get();
        PinTries.checkMayTry(PinRole.USER, bound.ask(), spendTry);
        loggedIn = false;
        session.openLoggedOut(bound);
        if (deadline.nanosLeft() == 0) {
            throw new HsmException(HsmFailure.TOKEN_TIMEOUT, "The token was too slow for the PIN to be tried.");
        }
        try {
            send(given);
        } catch (PKCS11Exception e) {
            HsmException refused = refused(bound, given, e);
            returnToOldPin(bound);
            throw refused;
        }
        nowLoggedIn();
        pin.use(bound.identity(), given);
        return true;
    }

    /** Runs on the keeper's thread, one after the other: whoever comes second finds it done. */
    private boolean logInOnce() throws TokenException {
        if (loggedIn) {
            return true;
        }
        BoundToken bound = token.get();
        try (PinsToTry pins = pin.toTry(bound.identity())) {
            logInWithOneOf(bound, pins);
        }
        return true;
    }

    /** When it is not known which PIN the token has, only a login in a clean state tells. */
    private void logInWithOneOf(BoundToken bound, PinsToTry pins) throws PKCS11Exception {
        String refusal = "";
        for (Pin candidate : pins.all()) {
            PinTries.checkMayLogIn(bound.ask(), pins.isUnsettled());
            open(bound, pins.isUnsettled());
            try {
                send(candidate);
                accepted(bound, candidate);
                return;
            } catch (PKCS11Exception e) {
                // Another session of this process is logged in. That proves no PIN, but it is the state that is wanted.
                if (e.getErrorCode() == CKR_USER_ALREADY_LOGGED_IN && !pins.isUnsettled()) {
                    nowLoggedIn();
                    return;
                }
                refused(bound, candidate, e);
                refusal = e.getErrorName();
            }
        }
        throw locked("The token refused the user PIN (" + refusal + ").");
    }

    private void open(BoundToken bound, boolean loggedOut) throws PKCS11Exception {
        if (loggedOut) {
            session.openLoggedOut(bound);
        } else {
            session.open(bound);
        }
    }

    /**
     * The token accepted the PIN in the keeper's session. The slot can be used even if that cannot be written down now.
     *
     * @throws HsmException DEFAULT_PIN when it is one that everybody knows; nobody is logged in then
     */
    void accepted(BoundToken bound, Pin proved) {
        if (pin.isGoodEnough(proved)) {
            nowLoggedIn();
        } else {
            session.end();
        }
        try {
            pin.use(bound.identity(), proved);
        } catch (HsmException e) {
            LOG.warn(
                    "Token {}: that its PIN holds is not written down: {}",
                    bound.identity().label(),
                    e.getMessage());
        }
        pin.refuseDefault(proved);
    }

    private void nowLoggedIn() {
        loggedIn = true;
        whenLoggedIn.run();
    }

    /** Tries a PIN of the user in the keeper's session. */
    void send(Pin candidate) throws PKCS11Exception {
        logins.increment();
        session.logIn(PinRole.USER, candidate);
    }

    /** Latches a PIN that the token will not take next time either, and says what is wrong with it. */
    HsmException refused(BoundToken bound, Pin candidate, PKCS11Exception e) throws PKCS11Exception {
        if (!PinTries.isRefusal(e.getErrorCode())) {
            throw e;
        }
        pin.refused(bound.identity(), candidate);
        LOG.error(
                "Token {} refused the user PIN ({}); it is not tried again",
                bound.identity().label(),
                e.getErrorName());
        return ReturnCodes.translate(e);
    }

    /** The old PIN was in use a moment ago, so it may be sent although the token now counts a wrong try. */
    private void returnToOldPin(BoundToken bound) {
        pin.inUse().ifPresent(old -> {
            try (old) {
                if (!PinTries.isLastTry(PinRole.USER, bound.ask())) {
                    sendOrLatch(bound, old);
                }
            } catch (PKCS11Exception e) {
                LOG.warn("Token {} is not logged in again: {}", bound.identity().label(), e.getErrorName());
            }
        });
    }

    private void sendOrLatch(BoundToken bound, Pin old) throws PKCS11Exception {
        try {
            send(old);
            nowLoggedIn();
        } catch (PKCS11Exception e) {
            refused(bound, old, e);
        }
    }

    private static HsmException locked(String message) {
        return new HsmException(HsmFailure.SLOT_LOCKED, message);
    }
}
