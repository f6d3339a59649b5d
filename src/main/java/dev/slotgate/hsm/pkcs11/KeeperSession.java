package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_USER_NOT_LOGGED_IN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_SO;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKU_USER;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** The session that the user or the SO logs in on, and that keeps the login alive when no other is open. Belongs to one thread. */
final class KeeperSession {

    private static final Logger LOG = LoggerFactory.getLogger(KeeperSession.class);

    private @Nullable Session session;

    /** Opens a new one in place of the old one. */
    void open(BoundToken token) throws PKCS11Exception {
        close();
        session = token.token().openSession(true);
    }

    /** As {@link #open}, and nobody is logged in: with somebody in, a login would prove nothing. */
    void openLoggedOut(BoundToken token) throws PKCS11Exception {
        open(token);
        try {
            opened().logout();
        } catch (PKCS11Exception e) {
            if (e.getErrorCode() != CKR_USER_NOT_LOGGED_IN) {
                throw e;
            }
        }
    }

    void logIn(PinRole role, Pin pin) throws PKCS11Exception {
        opened().login(role == PinRole.SO ? CKU_SO : CKU_USER, pin.characters());
    }

    /** Changes the PIN of whoever is logged in; the user's when nobody is. */
    void setPin(Pin current, Pin next) throws PKCS11Exception {
        opened().setPIN(current.characters(), next.characters());
    }

    /** Sets the user PIN, with the SO logged in. */
    void initPin(Pin next) throws PKCS11Exception {
        opened().initPIN(next.characters());
    }

    /** Logs out and closes. Sessions that hang would keep the user logged in, so closing alone is not enough. */
    void end() {
        if (session == null) {
            return;
        }
        try {
            session.logout();
        } catch (TokenException e) {
            LOG.debug("The user did not log out: {}", e.getMessage());
        }
        close();
    }

    private void close() {
        if (session == null) {
            return;
        }
        try {
            session.closeSession();
        } catch (TokenException e) {
            LOG.debug("A keeper session did not close: {}", e.getMessage());
        }
        session = null;
    }

    private Session opened() {
        if (session == null) {
            throw new IllegalStateException("the keeper session is opened before it is used");
        }
        return session;
    }
}
