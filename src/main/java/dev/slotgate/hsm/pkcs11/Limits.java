package dev.slotgate.hsm.pkcs11;

import java.time.Duration;

/**
 * What a slot allows.
 *
 * @param sessions how many sessions at most
 * @param patience how long a caller waits for one
 * @param call how long a token call may take
 * @param generation how long the generation of a key may take
 */
record Limits(int sessions, Duration patience, Duration call, Duration generation) {

    static final Limits DEFAULT = new Limits(8, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(30));

    /** The number of sessions, never above what the token says; 0, -1 and -2 all mean that it does not say. */
    int sessionsOn(long tokenMaximum) {
        return tokenMaximum <= 0 ? sessions : (int) Math.min(sessions, tokenMaximum);
    }
}
