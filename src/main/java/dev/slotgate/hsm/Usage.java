package dev.slotgate.hsm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A usage family: what a key is for. A key made here has exactly one, since a key that may do two things can be used to
 * give away another (wrap it with one, decrypt it with the other).
 */
public enum Usage {
    /** The private half signs, the public half verifies. */
    SIGN,
    /** RSA: the public half encrypts, the private half decrypts. */
    DECRYPT,
    /** AES: encrypts and decrypts. */
    ENCRYPT,
    /** RSA: the public half wraps, the private half unwraps; AES: both. */
    WRAP,
    /** EC: key agreement. */
    DERIVE,
    /** AES (CMAC) and HMAC. */
    MAC;

    /** The word on the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Usage> of(String word) {
        return Arrays.stream(values()).filter(u -> u.word().equals(word)).findFirst();
    }
}
