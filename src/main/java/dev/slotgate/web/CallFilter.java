package dev.slotgate.web;

import dev.slotgate.audit.AuditJournal;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.JournalUnavailable;
import dev.slotgate.audit.Receipt;
import dev.slotgate.audit.Refusals;
import dev.slotgate.audit.RequestId;
import dev.slotgate.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives every call its request id and its record. The answer is held back until the record is on the disk; without it, it is
 * never given. Runs before all other filters but the one that watches.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class CallFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(CallFilter.class);

    static final String REQUEST_ID = "X-Request-Id";

    private static final String ATTRIBUTE = AuditTrail.class.getName();

    /** Where the resource server leaves the caller for the time of the request. */
    private final SecurityContextRepository callers = new RequestAttributeSecurityContextRepository();

    private final AuditJournal journal;
    private final Refusals refusals;
    private final CallMetrics metrics;
    private final ProblemWriter problems;

    CallFilter(AuditJournal journal, Refusals refusals, CallMetrics metrics, ProblemWriter problems) {
        this.journal = journal;
        this.refusals = refusals;
        this.metrics = metrics;
        this.problems = problems;
    }

    /** The trail of a call that is being served; a new one for a call that the container refused before this filter. */
    static AuditTrail trail(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof AuditTrail trail) {
            return trail;
        }
        var trail = new AuditTrail(RequestId.random(), request.getRemoteAddr());
        request.setAttribute(ATTRIBUTE, trail);
        return trail;
    }

    static boolean hasSeen(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    /** The caller is known from now on. */
    static void by(AuditTrail trail, Caller caller) {
        trail.by(caller.subject(), caller.client(), caller.scopes(), caller.tokenId());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var trail = new AuditTrail(RequestId.of(request.getHeader(REQUEST_ID)), request.getRemoteAddr());
        request.setAttribute(ATTRIBUTE, trail);
        response.setHeader(REQUEST_ID, trail.requestId());
        var held = new ContentCachingResponseWrapper(response);
        boolean failed = isFailing(request, held, chain, trail);
        try {
            problems.complete(request, held);
        } finally {
            // An answer that was under way when the call failed keeps its status; the record does not.
            Receipt receipt =
                    record(request, trail, failed ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : held.getStatus());
            answer(held, response, trail, receipt);
        }
    }

    private boolean isFailing(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, AuditTrail trail) {
        try {
            String fault = QueryString.fault(request.getQueryString());
            if (fault == null) {
                chain.doFilter(request, response);
            } else {
                problems.write(Problems.of(ProblemCode.MALFORMED, fault, trail, HttpHeaders.EMPTY), response);
            }
            return false;
        } catch (IOException | ServletException | RuntimeException e) {
            LOG.error("Call {} ended with", trail.requestId(), e);
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            return true;
        }
    }

    private void answer(
            ContentCachingResponseWrapper held, HttpServletResponse response, AuditTrail trail, Receipt receipt)
            throws IOException {
        try {
            metrics.await(receipt);
            held.copyBodyToResponse();
        } catch (JournalUnavailable e) {
            response.reset();
            response.setHeader(REQUEST_ID, trail.requestId());
            ProblemCode code =
                    trail.isOfChange() ? ProblemCode.AUDIT_UNAVAILABLE_AFTER_CHANGE : ProblemCode.AUDIT_UNAVAILABLE;
            problems.write(Problems.of(code, String.valueOf(e.getMessage()), trail, HttpHeaders.EMPTY), response);
        }
    }

    /** Records the calls of known callers and the refused ones; a probe that was answered is neither. */
    private Receipt record(HttpServletRequest request, AuditTrail trail, int status) {
        if (trail.isTurnedAway()) {
            return Receipt.NOTHING;
        }
        Authentication authentication =
                callers.loadDeferredContext(request).get().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            by(trail, caller);
            return journal.append(trail.finish(status));
        }
        return status >= HttpServletResponse.SC_BAD_REQUEST ? refusals.append(trail.finish(status)) : Receipt.NOTHING;
    }
}
