package dev.slotgate.security;

import java.io.Serial;
import org.springframework.security.core.AuthenticationException;

/** An access token is no good. The message says why, for the log alone, and shows nothing of the token. */
public final class TokenRefused extends AuthenticationException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String INVALID_PROOF = "invalid_dpop_proof";

    private final String error;

    TokenRefused(String reason) {
        this(reason, "invalid_token");
    }

    private TokenRefused(String reason, String error) {
        super(reason);
        this.error = error;
    }

    /** The token may be good, the proof that its sender has the key is not. */
    static TokenRefused proof(String reason) {
        return new TokenRefused(reason, INVALID_PROOF);
    }

    /** Whether what was refused is not the token but the proof. */
    public boolean isOfProof() {
        return error.equals(INVALID_PROOF);
    }

    /** What the caller is told, a word of RFC 6750 or RFC 9449. */
    public String error() {
        return error;
    }
}
