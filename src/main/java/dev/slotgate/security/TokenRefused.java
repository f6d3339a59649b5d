package dev.slotgate.security;

import java.io.Serial;
import org.springframework.security.core.AuthenticationException;

/** An access token is no good. The message says why, for the log alone, and shows nothing of the token. */
public final class TokenRefused extends AuthenticationException {

    @Serial
    private static final long serialVersionUID = 1L;

    TokenRefused(String reason) {
        super(reason);
    }
}
