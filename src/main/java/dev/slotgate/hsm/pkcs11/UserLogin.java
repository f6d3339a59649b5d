package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.TokenIdentity;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * The user's login to one token. One thread logs in, for all sessions, and keeps a session open that keeps the login
 * alive. A PIN that the token refused is not sent again, and none is sent when the token already counts wrong tries.
 */
final class UserLogin {

    private static final Logger LOG = LoggerFactory.getLogger(UserLogin.class);
    private static final long TRIES_ARE_LOW = CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED;

    /** What a token says to a PIN that it will not take next time either. */
    private static final Set<Long> REFUSALS =
            Set.of(CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE, CKR_PIN_EXPIRED, CKR_PIN_LOCKED);

    private final TokenIdentity identity;
    private final Token token;
    private final PinSource pins;
    private final boolean acceptsDefaultPin;
    private final NativeThread keeper;
    private final Duration deadline;

    private @Nullable Session keeperSession;
    private boolean pinRefused;
    private volatile boolean loggedIn;
    private volatile boolean defaultPin;

    UserLogin(
            TokenIdentity identity,
            Token token,
            PinSource pins,
            boolean acceptsDefaultPin,
            NativeThread keeper,
            Duration deadline) {
        this.identity = identity;
        this.token = token;
        this.pins = pins;
        this.acceptsDefaultPin = acceptsDefaultPin;
        this.keeper = keeper;
        this.deadline = deadline;
    }

    /**
     * Sees to it that the user is logged in; callers that come meanwhile wait for the one that does it, as long as a call
     * may take.
     *
     * @throws HsmException SLOT_LOCKED when there is no PIN that may be tried
     */
    void ensure() {
        if (!loggedIn) {
            keeper.call(deadline, this::logInOnce);
        }
    }

    boolean isLoggedIn() {
        return loggedIn;
    }

    /** Whether the PIN in use, or the one refused for it, is one that everybody knows. */
    boolean isDefaultPin() {
        return defaultPin;
    }

    /** Closes the keeper session; runs on the keeper's thread when the other sessions are closed. */
    void end() {
        loggedIn = false;
        if (keeperSession == null) {
            return;
        }
        try {
            keeperSession.closeSession();
        } catch (TokenException e) {
            LOG.debug("The keeper session of token {} did not close: {}", identity.label(), e.getMessage());
        }
    }

    /** Runs on the keeper's thread, one after the other: whoever comes second finds it done, or the PIN refused. */
    private boolean logInOnce() throws TokenException {
        if (loggedIn) {
            return true;
        }
        if (pinRefused) {
            throw locked("The token refused the user PIN.");
        }
        try (Pin pin = pins.userPin(identity).orElseThrow(() -> locked("The slot's user PIN is not known."))) {
            defaultPin = pin.isWellKnown();
            if (defaultPin && !acceptsDefaultPin) {
                throw locked("The slot still has a well-known default PIN.");
            }
            logIn(pin);
        }
        loggedIn = true;
        return true;
    }

    private void logIn(Pin pin) throws TokenException {
        if ((token.getTokenInfo().getFlags() & TRIES_ARE_LOW) != 0) {
            throw locked(
                    "The token counts wrong tries of the user PIN, and none is risked: a login with another program clears them.");
        }
        if (keeperSession == null) {
            keeperSession = token.openSession(true);
        }
        try {
            keeperSession.login(CKU_USER, pin.characters());
        } catch (PKCS11Exception e) {
            acceptOrThrow(e);
        }
    }

    private void acceptOrThrow(PKCS11Exception e) throws PKCS11Exception {
        long code = e.getErrorCode();
        // Another session of this process is logged in. That proves no PIN, but it is the state that is wanted.
        if (code == CKR_USER_ALREADY_LOGGED_IN) {
            return;
        }
        if (REFUSALS.contains(code)) {
            pinRefused = true;
            LOG.error("Token {} refused the user PIN ({}); it is not tried again", identity.label(), e.getErrorName());
            throw locked("The token refused the user PIN.");
        }
        throw e;
    }

    private static HsmException locked(String message) {
        return new HsmException(HsmFailure.SLOT_LOCKED, message);
    }
}
