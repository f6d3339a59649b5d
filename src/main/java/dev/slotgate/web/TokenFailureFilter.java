package dev.slotgate.web;

import dev.slotgate.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps those who try access tokens from having ever more of them judged. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class TokenFailureFilter extends OncePerRequestFilter {

    private static final List<String> SCHEMES = List.of("Bearer ", "DPoP ");

    /** Where the resource server leaves the caller for the time of the request. */
    private final SecurityContextRepository callers = new RequestAttributeSecurityContextRepository();

    private final TokenFailures tokens;
    private final CallFailures failures;
    private final ProblemWriter problems;

    TokenFailureFilter(TokenFailures tokens, CallFailures failures, ProblemWriter problems) {
        this.tokens = tokens;
        this.failures = failures;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String token = token(request);
        if (token == null) {
            chain.doFilter(request, response);
            return;
        }
        try {
            tokens.check(request.getRemoteAddr(), token);
        } catch (RateLimited limited) {
            problems.write(failures.answer(limited, CallFilter.trail(request)), response);
            return;
        }
        chain.doFilter(request, response);
        if (isKnown(request)) {
            tokens.wasGood(token);
        } else if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
            tokens.failed(request.getRemoteAddr());
        }
    }

    private static @Nullable String token(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null
                ? null
                : SCHEMES.stream()
                        .filter(scheme -> header.regionMatches(true, 0, scheme, 0, scheme.length()))
                        .map(scheme -> header.substring(scheme.length()))
                        .findFirst()
                        .orElse(null);
    }

    private boolean isKnown(HttpServletRequest request) {
        Authentication authentication =
                callers.loadDeferredContext(request).get().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller;
    }
}
