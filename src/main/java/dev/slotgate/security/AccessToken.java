package dev.slotgate.security;

/**
 * An access token that was verified: whose it is and when it can be used.
 *
 * @param caller what a request with it is authenticated as
 * @param notBefore in seconds since 1970, with the allowed skew
 * @param expires in seconds since 1970, with the allowed skew
 * @param key what it was signed with
 * @param binding what whoever sends it must have
 */
record AccessToken(CallerToken caller, long notBefore, long expires, IssuerKey key, KeyBinding binding) {

    boolean isOver(long now) {
        return now >= expires;
    }

    /** @throws TokenRefused when it is not yet, or no longer, to be used */
    void requireTimely(long now) {
        if (isOver(now)) {
            throw new TokenRefused("it has expired");
        }
        if (now < notBefore) {
            throw new TokenRefused("it is not to be used yet");
        }
    }
}
