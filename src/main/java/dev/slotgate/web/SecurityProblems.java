package dev.slotgate.web;

import dev.slotgate.security.IssuerUnavailable;
import dev.slotgate.security.TokenRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers calls that are refused before any controller is asked: 401 with the challenge of RFC 6750, and 403. */
@Component
class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** What a token lacks is told to nobody but the log. */
    private static final String CHALLENGE = "Bearer";

    private static final String REFUSED = CHALLENGE + " error=\"invalid_token\"";

    private final ProblemWriter problems;

    SecurityProblems(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
            throws IOException {
        if (failed instanceof IssuerUnavailable) {
            String detail = "The access token cannot be judged, since its issuer does not answer.";
            problems.write(
                    Problems.of(ProblemCode.ISSUER_UNAVAILABLE, detail, CallFilter.trail(request), HttpHeaders.EMPTY),
                    response);
            return;
        }
        boolean refused = failed instanceof TokenRefused;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, refused ? REFUSED : CHALLENGE);
        String detail = refused
                ? "The access token is not valid: it is malformed, expired, or not for this gateway."
                : "The call has no access token.";
        problems.write(
                Problems.of(ProblemCode.UNAUTHENTICATED, detail, CallFilter.trail(request), HttpHeaders.EMPTY),
                response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        problems.write(
                Problems.of(
                        ProblemCode.FORBIDDEN,
                        "The access token does not open this.",
                        CallFilter.trail(request),
                        HttpHeaders.EMPTY),
                response);
    }
}
