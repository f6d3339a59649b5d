package dev.slotgate.hsm.pkcs11;

import java.time.Duration;
import org.xipki.pkcs11.wrapper.TokenInfo;

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

    /** The number of sessions on a token: never above what it allows, and one of those is the keeper's. */
    int sessionsOn(TokenInfo token) {
        long allowed = Math.min(limit(token.getMaxSessionCount()), limit(token.getMaxRwSessionCount()));
        return Math.clamp(allowed - 1, 1, sessions);
    }

    /** 0, -1 and -2 all mean that the token does not say. */
    private static long limit(long told) {
        return told <= 0 ? Long.MAX_VALUE : told;
    }
}
