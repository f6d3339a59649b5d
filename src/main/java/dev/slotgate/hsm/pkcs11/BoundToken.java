package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_SO_PIN_TO_BE_CHANGED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKF_TOKEN_INITIALIZED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_TOKEN_NOT_PRESENT;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.TokenIdentity;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** The token that a slot stands for, where it was found last. */
record BoundToken(TokenIdentity identity, Token token, TokenInfo info) {

    private static final String OPEN_CRYPTOKI = "IBM Corp.";

    static BoundToken of(FoundToken found) {
        return new BoundToken(found.identity(), found.token(), found.info());
    }

    /** How many sessions the token allows, all together; 0, -1 and -2 all mean that it does not say. */
    long sessionLimit() {
        return Math.min(limit(info.getMaxSessionCount()), limit(info.getMaxRwSessionCount()));
    }

    private static long limit(long told) {
        return told <= 0 ? Long.MAX_VALUE : told;
    }

    /**
     * Asks the token for its state, and makes sure that it is still the same one.
     *
     * @throws PKCS11Exception CKR_TOKEN_NOT_PRESENT when it is not
     */
    TokenInfo ask() throws PKCS11Exception {
        TokenInfo now = token.getTokenInfo();
        if (!identity.serial().equals(now.getSerialNumber())) {
            throw new PKCS11Exception(CKR_TOKEN_NOT_PRESENT);
        }
        return now;
    }

    /**
     * openCryptoki 3.8 forgets, when it initialises a token, under which SO PIN its master key is stored: when that is not the
     * one that the token was delivered with, no SO can log in any more (CKR_FUNCTION_FAILED), for ever.
     *
     * @throws HsmException REFUSED_BY_TOKEN
     */
    void refuseToBreak() throws PKCS11Exception {
        TokenInfo now = ask();
        boolean soPinWasChanged = now.hasFlagBit(CKF_TOKEN_INITIALIZED) && !now.hasFlagBit(CKF_SO_PIN_TO_BE_CHANGED);
        if (now.getManufacturerID().strip().equals(OPEN_CRYPTOKI) && soPinWasChanged) {
            throw new HsmException(
                    HsmFailure.REFUSED_BY_TOKEN,
                    "openCryptoki would break a token whose SO PIN was changed: delete the token's files instead.");
        }
    }

    /** Destroys every object and sets the label; no session may be open. The SO PIN of a blank token is chosen with it. */
    void initialise(Pin soPin, String label) throws PKCS11Exception {
        try {
            token.getSlot()
                    .getModule()
                    .getPKCS11Module()
                    .C_InitToken(token.getTokenID(), soPin.characters(), TokenLabel.padded(label), true);
        } catch (iaik.pkcs.pkcs11.wrapper.PKCS11Exception e) {
            throw new PKCS11Exception(e.getErrorCode());
        }
    }
}
