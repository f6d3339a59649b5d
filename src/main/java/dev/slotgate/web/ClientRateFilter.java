package dev.slotgate.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts the calls of each client, once it is known and before anything is done for it. */
@Component
@Order(ClientRateFilter.AFTER_AUTHENTICATION)
class ClientRateFilter extends OncePerRequestFilter {

    /** The filters of the resource server have their place at -100. */
    static final int AFTER_AUTHENTICATION = -90;

    private final RateLimits limits;
    private final CallFailures failures;
    private final ProblemWriter problems;

    ClientRateFilter(RateLimits limits, CallFailures failures, ProblemWriter problems) {
        this.limits = limits;
        this.failures = failures;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            AccessInterceptor.known().ifPresent(caller -> limits.take(caller, response));
        } catch (RateLimited limited) {
            problems.write(failures.answer(limited, CallFilter.trail(request)), response);
            return;
        }
        chain.doFilter(request, response);
    }
}
