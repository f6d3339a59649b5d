package dev.slotgate.web;

import dev.slotgate.security.SentToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps those who try access tokens from having ever more of them judged. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class TokenFailureFilter extends OncePerRequestFilter {

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
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        try {
            tokens.check(request.getRemoteAddr(), header);
        } catch (RateLimited limited) {
            problems.write(failures.answer(limited, CallFilter.trail(request)), response);
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED && SentToken.in(header) != null) {
            tokens.failed(request.getRemoteAddr());
        }
    }
}
