package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.TokenException;
import org.xipki.pkcs11.wrapper.TokenInfo;

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
    private final KeeperSession session = new KeeperSession();

    private volatile boolean loggedIn;

    /** @param whenLoggedIn runs on the keeper's thread after each login */
    UserLogin(Supplier<BoundToken> token, UserPin pin, NativeThread keeper, Runnable whenLoggedIn) {
        this.token = token;
        this.pin = pin;
        this.keeper = keeper;
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
        PinTries.checkMayTry(bound.ask(), spendTry);
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
        pin.use(given);
        return nowLoggedIn();
    }

    /** Runs on the keeper's thread, one after the other: whoever comes second finds it done. */
    private boolean logInOnce() throws TokenException {
        if (loggedIn) {
            return true;
        }
        BoundToken bound = token.get();
        try (Pin candidate = pin.toTry(bound.identity())) {
            TokenInfo info = bound.ask();
            PinTries.checkMayLogIn(info);
            session.open(bound);
            try {
                send(candidate);
                pin.use(candidate);
            } catch (PKCS11Exception e) {
                // Another session of this process is logged in. That proves no PIN, but it is the state that is wanted.
                if (e.getErrorCode() != CKR_USER_ALREADY_LOGGED_IN) {
                    refused(bound, candidate, e);
                    throw locked("The token refused the user PIN (" + e.getErrorName() + ").");
                }
            }
        }
        return nowLoggedIn();
    }

    private boolean nowLoggedIn() {
        loggedIn = true;
        whenLoggedIn.run();
        return true;
    }

    private void send(Pin candidate) throws PKCS11Exception {
        logins.increment();
        session.logIn(candidate);
    }

    /** Latches a PIN that the token will not take next time either, and says what is wrong with it. */
    private HsmException refused(BoundToken bound, Pin candidate, PKCS11Exception e) throws PKCS11Exception {
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
                if (!PinTries.isLastTry(bound.ask())) {
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
