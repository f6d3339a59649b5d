package dev.slotgate.security;

/** The access tokens that were verified and are remembered. */
public interface KnownTokens {

    /** Whether the token is one of them. It may have ended since, which is told when it is used. */
    boolean hold(String token);
}
