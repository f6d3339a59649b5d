package dev.slotgate.hsm.pkcs11;

import org.xipki.pkcs11.wrapper.TokenInfo;

/**
 * What no list of mechanisms tells of a token.
 *
 * @param knowsOaep256 whether its OAEP takes SHA-256; one of an unknown maker is asked
 * @param multiPartMac whether a MAC may be made part by part: openCryptoki crashes the process when it is asked how long one
 *     is going to be
 */
record TokenHabits(boolean knowsOaep256, boolean multiPartMac) {

    private static final TokenHabits UNKNOWN = new TokenHabits(true, false);
    private static final TokenHabits SOFT_HSM = new TokenHabits(false, true);

    static TokenHabits of(TokenInfo info) {
        return of(info.getManufacturerID());
    }

    static TokenHabits of(String manufacturer) {
        return manufacturer.strip().equals("SoftHSM project") ? SOFT_HSM : UNKNOWN;
    }
}
