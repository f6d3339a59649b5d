package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/**
 * Changes of the PINs of one token, on the keeper's thread while the slot is held alone and nobody is logged in. Afterwards the
 * user is logged in, or nobody.
 */
final class PinChanges {

    private static final Set<HsmFailure> VERDICTS_ON_CURRENT =
            EnumSet.of(HsmFailure.PIN_INCORRECT, HsmFailure.PIN_LOCKED, HsmFailure.PIN_EXPIRED);

    /** What a token says to C_InitToken before it does anything. */
    private static final Set<Long> NOT_BEGUN = Set.of(
            CKR_SESSION_EXISTS,
            CKR_TOKEN_WRITE_PROTECTED,
            CKR_FUNCTION_NOT_SUPPORTED,
            CKR_ARGUMENTS_BAD,
            CKR_SLOT_ID_INVALID);

    private final Supplier<BoundToken> token;
    private final UserPin userPin;
    private final UserLogin login;
    private final KeeperSession session;

    PinChanges(Supplier<BoundToken> token, UserPin userPin, UserLogin login, KeeperSession session) {
        this.token = token;
        this.userPin = userPin;
        this.login = login;
        this.session = session;
    }

    /** @see dev.slotgate.hsm.TokenPins#check */
    void check(PinRole role, Pin pin, boolean spendTry) throws PKCS11Exception {
        authorise(token.get(), role, pin, spendTry);
        session.end();
    }

    /** A PIN that the gateway works with itself is not tried before. @see dev.slotgate.hsm.TokenPins#change */
    void change(PinRole role, Pin current, Pin next, boolean spendTry) throws PKCS11Exception {
        BoundToken bound = token.get();
        if (role == PinRole.USER && userPin.isKnown(bound.identity(), current)) {
            PinTries.checkMayTry(role, bound.ask(), true);
            session.openLoggedOut(bound);
        } else {
            authorise(bound, role, current, spendTry);
        }
        userPin.given(bound.identity(), next);
        Pin holds;
        try {
            session.setPin(current, next);
            holds = proved(bound, role, next, current);
        } catch (PKCS11Exception e) {
            throwVerdict(bound, role, current, e);
            holds = proved(bound, role, current, next);
        }
        comeBack(bound, role, holds);
        if (holds == current) {
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The token failed, and its PIN is what it was.");
        }
    }

    /** @see dev.slotgate.hsm.TokenPins#resetUserPin */
    void resetUserPin(Pin soPin, Pin next, boolean spendTry) throws PKCS11Exception {
        BoundToken bound = token.get();
        authorise(bound, PinRole.SO, soPin, spendTry);
        initUserPin(bound, next);
    }

    /** @see dev.slotgate.hsm.TokenPins#initialise */
    void initialise(String label, Pin soPin, Pin nextUserPin, boolean spendTry) throws PKCS11Exception {
        BoundToken bound = token.get();
        if (FoundToken.isInitialised(bound.info())) {
            check(PinRole.SO, soPin, spendTry);
        }
        bound.refuseToBreak();
        try {
            initToken(bound, soPin, label);
            session.openLoggedOut(bound);
            session.logIn(PinRole.SO, soPin);
            initUserPin(bound, nextUserPin);
        } catch (PKCS11Exception e) {
            throw unknown(e);
        }
    }

    /** @see dev.slotgate.hsm.TokenPins#isChanged */
    boolean isChanged(Pin soPin, Pin next) throws PKCS11Exception {
        Pin holds = whichHolds(token.get(), PinRole.SO, soPin, next)
                .orElseThrow(() ->
                        new HsmException(HsmFailure.PIN_INCORRECT, "The token accepts neither of the two SO PINs."));
        session.end();
        return holds == next;
    }

    /** Logs in with a PIN that somebody gave. */
    private void authorise(BoundToken bound, PinRole role, Pin pin, boolean spendTry) throws PKCS11Exception {
        PinTries.checkMayTry(role, bound.ask(), spendTry);
        session.openLoggedOut(bound);
        try {
            logIn(role, pin);
        } catch (PKCS11Exception e) {
            session.end();
            // A PIN that is too long is as wrong as any.
            if (PinTries.isRefusal(e.getErrorCode())) {
                throw refused(bound, role, pin, e);
            }
            throw e;
        }
    }

    private void initToken(BoundToken bound, Pin soPin, String label) throws PKCS11Exception {
        try {
            bound.initialise(soPin, label);
        } catch (PKCS11Exception e) {
            throwVerdict(bound, PinRole.SO, soPin, e);
            if (NOT_BEGUN.contains(e.getErrorCode())) {
                throw ReturnCodes.translate(e);
            }
            throw e;
        }
    }

    private void initUserPin(BoundToken bound, Pin next) throws PKCS11Exception {
        userPin.given(bound.identity(), next);
        try {
            session.initPin(next);
        } catch (PKCS11Exception e) {
            throwVerdict(bound, PinRole.SO, next, e);
        }
        // Also when the answer was lost: the token may have done it.
        comeBack(bound, PinRole.USER, proved(bound, PinRole.USER, next));
    }

    /** Only a user whose PIN was proved stays logged in. */
    private void comeBack(BoundToken bound, PinRole role, Pin proved) {
        if (role == PinRole.USER) {
            login.accepted(bound, proved);
        } else {
            session.end();
        }
    }

    /** @throws HsmException OUTCOME_UNKNOWN when the token accepts none of them */
    private Pin proved(BoundToken bound, PinRole role, Pin... inThisOrder) {
        return whichHolds(bound, role, inThisOrder)
                .orElseThrow(() -> new HsmException(
                        HsmFailure.OUTCOME_UNKNOWN, "The token accepts neither the old PIN nor the new one."));
    }

    /** Logs in with the first PIN that the token accepts; each is tried once, and none where a wrong one would lock. */
    private Optional<Pin> whichHolds(BoundToken bound, PinRole role, Pin... inThisOrder) {
        try {
            for (Pin pin : inThisOrder) {
                if (PinTries.isLastTry(role, bound.ask())) {
                    break;
                }
                session.openLoggedOut(bound);
                if (isAccepted(role, pin)) {
                    return Optional.of(pin);
                }
            }
        } catch (PKCS11Exception e) {
            throw unknown(e);
        }
        session.end();
        return Optional.empty();
    }

    private boolean isAccepted(PinRole role, Pin pin) throws PKCS11Exception {
        try {
            logIn(role, pin);
            return true;
        } catch (PKCS11Exception e) {
            if (PinTries.isRefusal(e.getErrorCode())) {
                return false;
            }
            throw e;
        }
    }

    private void logIn(PinRole role, Pin pin) throws PKCS11Exception {
        if (role == PinRole.USER) {
            login.send(pin);
        } else {
            session.logIn(role, pin);
        }
    }

    private HsmException refused(BoundToken bound, PinRole role, Pin pin, PKCS11Exception e) throws PKCS11Exception {
        HsmException verdict = role == PinRole.USER ? login.refused(bound, pin, e) : ReturnCodes.translate(e);
        return verdict.failure() == HsmFailure.PIN_POLICY ? verdict.as(HsmFailure.PIN_INCORRECT) : verdict;
    }

    /** Whether a call failed for certain: the token judged a PIN. Returns when it may have done what it was asked. */
    private void throwVerdict(BoundToken bound, PinRole role, Pin current, PKCS11Exception e) throws PKCS11Exception {
        HsmException verdict = ReturnCodes.translate(e);
        if (VERDICTS_ON_CURRENT.contains(verdict.failure())) {
            session.end();
            throw refused(bound, role, current, e);
        }
        if (verdict.failure() == HsmFailure.PIN_POLICY) {
            session.end();
            throw verdict;
        }
    }

    private static HsmException unknown(PKCS11Exception e) {
        return ReturnCodes.translate(e).as(HsmFailure.OUTCOME_UNKNOWN);
    }
}
