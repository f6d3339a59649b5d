package dev.slotgate.web;

import dev.slotgate.audit.AuditLog;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every call its request id and, when it has been answered, its record. Runs before all other filters. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CallFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(CallFilter.class);

    static final String REQUEST_ID = "X-Request-Id";

    private static final Pattern ACCEPTED_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final int MADE_ID_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ATTRIBUTE = AuditTrail.class.getName();

    /** Where the resource server leaves the caller for the time of the request. */
    private final SecurityContextRepository callers = new RequestAttributeSecurityContextRepository();

    private final AuditLog log;
    private final ProblemWriter problems;

    CallFilter(AuditLog log, ProblemWriter problems) {
        this.log = log;
        this.problems = problems;
    }

    /** The trail of a call that is being served; a new one for a call that the container refused before this filter. */
    static AuditTrail trail(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof AuditTrail trail) {
            return trail;
        }
        var trail = new AuditTrail(newId(), request.getRemoteAddr());
        request.setAttribute(ATTRIBUTE, trail);
        return trail;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var trail = new AuditTrail(requestId(request.getHeader(REQUEST_ID)), request.getRemoteAddr());
        request.setAttribute(ATTRIBUTE, trail);
        response.setHeader(REQUEST_ID, trail.requestId());
        boolean failed = false;
        try {
            if (QueryString.isWellFormed(request.getQueryString())) {
                chain.doFilter(request, response);
            } else {
                response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            }
        } catch (IOException | ServletException | RuntimeException e) {
            LOG.error("Call {} ended with", trail.requestId(), e);
            failed = true;
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
        try {
            problems.complete(request, response);
        } finally {
            // An answer that was under way when the call failed keeps its status; the record does not.
            record(request, trail, failed ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : response.getStatus());
        }
    }

    /** Records the calls of known callers and the refused ones; a probe that was answered is neither. */
    private void record(HttpServletRequest request, AuditTrail trail, int status) {
        Authentication authentication =
                callers.loadDeferredContext(request).get().getAuthentication();
        Caller caller = authentication != null && authentication.getPrincipal() instanceof Caller c ? c : null;
        if (caller != null) {
            trail.by(caller.subject(), caller.client(), List.copyOf(caller.scopes()));
        }
        if (caller != null || status >= HttpServletResponse.SC_BAD_REQUEST) {
            log.append(trail.finish(status));
        }
    }

    private static String requestId(@Nullable String given) {
        return given != null && ACCEPTED_ID.matcher(given).matches() ? given : newId();
    }

    private static String newId() {
        byte[] id = new byte[MADE_ID_BYTES];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
