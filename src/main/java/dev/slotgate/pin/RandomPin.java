package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import java.security.SecureRandom;

/** Random PINs as strong as a token allows. */
final class RandomPin {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    /** 381 bits: longer ones are no stronger than any key that is made of them. */
    private static final int LONGEST = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomPin() {}

    /** A PIN of letters and digits as long as the token takes, and at most 64. @throws HsmException TOKEN_UNAVAILABLE */
    static Pin of(long minLength, long maxLength) {
        int length = (int) Math.max(minLength, Math.min(maxLength, LONGEST));
        if (length <= 0) {
            throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The token does not say how long its PINs are.");
        }
        char[] characters = new char[length];
        for (int i = 0; i < length; i++) {
            characters[i] = ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length()));
        }
        return new Pin(characters);
    }
}
