package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.PinRole;
import java.util.Set;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** The rules by which no try of a PIN is burned, by the flags of CK_TOKEN_INFO (PKCS#11 2.40 section 3.2). */
final class PinTries {

    /** What a token says to a PIN that it will not take next time either. */
    private static final Set<Long> REFUSALS =
            Set.of(CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE, CKR_PIN_EXPIRED, CKR_PIN_LOCKED);

    private PinTries() {}

    static boolean isRefusal(long returnCode) {
        return REFUSALS.contains(returnCode);
    }

    /**
     * Whether the gateway may log in by itself: not when the token counts wrong tries, but for the second PIN of a change that was
     * cut short, whose first one may just have been refused.
     *
     * @throws HsmException SLOT_LOCKED
     */
    static void checkMayLogIn(TokenInfo info, boolean unsettled) {
        if (!info.hasFlagBit(CKF_TOKEN_INITIALIZED) || !info.hasFlagBit(CKF_USER_PIN_INITIALIZED)) {
            throw new HsmException(HsmFailure.SLOT_LOCKED, "The token has no user PIN yet.");
        }
        if (info.hasFlagBit(CKF_USER_PIN_LOCKED)) {
            throw new HsmException(HsmFailure.SLOT_LOCKED, "The token has locked the user PIN.");
        }
        if (info.hasFlagBit(CKF_USER_PIN_FINAL_TRY) || (info.hasFlagBit(CKF_USER_PIN_COUNT_LOW) && !unsettled)) {
            throw new HsmException(
                    HsmFailure.SLOT_LOCKED, "The token counts wrong tries of the user PIN, and none is risked.");
        }
    }

    /**
     * Whether a PIN that somebody gave may be tried.
     *
     * @throws HsmException PIN_LOCKED or PIN_TRIES_LOW
     */
    static void checkMayTry(PinRole role, TokenInfo info, boolean spendTry) {
        Flags flags = flags(role);
        if (info.hasFlagBit(flags.locked)) {
            throw new HsmException(HsmFailure.PIN_LOCKED, "The token has locked the " + name(role) + ".");
        }
        if (info.hasFlagBit(flags.finalTry)) {
            throw new HsmException(
                    HsmFailure.PIN_TRIES_LOW,
                    "One more wrong " + name(role) + " would lock it, and that try is never spent here.");
        }
        if (info.hasFlagBit(flags.countLow) && !spendTry) {
            throw new HsmException(
                    HsmFailure.PIN_TRIES_LOW,
                    "The token counts wrong tries of the " + name(role) + ": one more is spent only with spendTry.");
        }
    }

    /** Whether a wrong PIN would lock, or has locked. */
    static boolean isLastTry(PinRole role, TokenInfo info) {
        Flags flags = flags(role);
        return info.hasFlagBit(flags.finalTry) || info.hasFlagBit(flags.locked);
    }

    private static String name(PinRole role) {
        return role == PinRole.SO ? "SO PIN" : "user PIN";
    }

    private static Flags flags(PinRole role) {
        return role == PinRole.SO
                ? new Flags(CKF_SO_PIN_COUNT_LOW, CKF_SO_PIN_FINAL_TRY, CKF_SO_PIN_LOCKED)
                : new Flags(CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED);
    }

    private record Flags(long countLow, long finalTry, long locked) {}
}
