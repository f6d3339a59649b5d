package dev.slotgate.web;

import dev.slotgate.security.IssuerUnavailable;
import dev.slotgate.security.SecuritySettings;
import dev.slotgate.security.TokenAlgorithm;
import dev.slotgate.security.TokenRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers calls that are refused before any controller is asked: 401 with the challenges of RFC 6750 and RFC 9449, and 403. */
@Component
class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String BEARER = "Bearer";

    private final ProblemWriter problems;
    private final AuthenticationMetrics metrics;
    private final String withProof;

    SecurityProblems(ProblemWriter problems, SecuritySettings settings, AuthenticationMetrics metrics) {
        this.problems = problems;
        this.metrics = metrics;
        this.withProof = settings.tokenAlgorithms().stream()
                .map(TokenAlgorithm::text)
                .collect(Collectors.joining(" ", "DPoP algs=\"", "\""));
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
            throws IOException {
        metrics.count(failed);
        if (failed instanceof IssuerUnavailable) {
            String detail = "The access token cannot be judged, since its issuer does not answer.";
            problems.write(
                    Problems.of(ProblemCode.ISSUER_UNAVAILABLE, detail, CallFilter.trail(request), HttpHeaders.EMPTY),
                    response);
            return;
        }
        challenge(request, response, failed);
        String detail = failed instanceof TokenRefused
                ? "The access token is not valid: it is malformed, expired, or not for this gateway."
                : "The call has no access token.";
        problems.write(
                Problems.of(ProblemCode.UNAUTHENTICATED, detail, CallFilter.trail(request), HttpHeaders.EMPTY),
                response);
    }

    /** Names both ways to send a token, or what was wrong with the one that was taken. More is told to the log alone. */
    private void challenge(HttpServletRequest request, HttpServletResponse response, AuthenticationException failed) {
        if (failed instanceof TokenRefused refused) {
            String sent = request.getHeader(HttpHeaders.AUTHORIZATION);
            boolean proven = sent != null && sent.regionMatches(true, 0, "DPoP ", 0, 5);
            String error = "error=\"" + refused.error() + "\"";
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, proven ? withProof + ", " + error : BEARER + " " + error);
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, BEARER);
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, withProof);
        }
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
