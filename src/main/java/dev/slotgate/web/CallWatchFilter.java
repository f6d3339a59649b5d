package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.trace.CallSpan;
import dev.slotgate.trace.TracedCall;
import dev.slotgate.trace.Traces;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts and traces each call, with all that the other filters do to it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CallWatchFilter extends OncePerRequestFilter {

    private final CallMetrics metrics;
    private final Traces traces;

    CallWatchFilter(CallMetrics metrics, Traces traces) {
        this.metrics = metrics;
        this.traces = traces;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CallSpan span = traces.call(request::getHeader);
        try {
            chain.doFilter(request, response);
        } finally {
            AuditTrail trail = CallFilter.trail(request);
            int status = response.getStatus();
            // Probes and scrapes that were answered would outnumber all else.
            if (trail.action() != null || status >= HttpServletResponse.SC_BAD_REQUEST) {
                metrics.count(trail, status);
            }
            span.end(new TracedCall(
                    trail.requestId(), request.getMethod(), trail.action(), trail.slot(), status, trail.problem()));
        }
    }
}
