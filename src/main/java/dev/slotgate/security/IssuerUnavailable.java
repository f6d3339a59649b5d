package dev.slotgate.security;

import java.io.Serial;
import org.springframework.security.core.AuthenticationException;

/** An access token could not be judged, since the issuer's keys are not to be had. */
public final class IssuerUnavailable extends AuthenticationException {

    @Serial
    private static final long serialVersionUID = 1L;

    IssuerUnavailable() {
        super("The issuer's keys are not to be had.");
    }
}
