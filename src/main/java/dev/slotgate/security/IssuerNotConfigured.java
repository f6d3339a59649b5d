package dev.slotgate.security;

import java.io.Serial;

/** The gateway cannot start: it does not know whose tokens to accept. */
public final class IssuerNotConfigured extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    IssuerNotConfigured() {
        super(
                "slotgate.security.issuer is not set: it names the OAuth issuer whose access tokens the gateway accepts.");
    }
}
