package dev.slotgate.web;

import dev.slotgate.hsm.Hash;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Checks the digest that comes with a body, and gives answers one where that is wanted (RFC 9530). */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class ContentDigestFilter extends OncePerRequestFilter {

    private final CallFailures failures;
    private final ProblemWriter problems;

    ContentDigestFilter(CallFailures failures, ProblemWriter problems) {
        this.failures = failures;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Hash> wanted = ContentDigest.wanted(field(request, ContentDigest.WANTED));
        if (wanted.isEmpty()) {
            checked(request, response, chain);
            return;
        }
        var answer = new ContentCachingResponseWrapper(response);
        try {
            checked(request, answer, chain);
        } finally {
            answer.setHeader(ContentDigest.HEADER, ContentDigest.field(wanted.get(), answer.getContentAsByteArray()));
            answer.copyBodyToResponse();
        }
    }

    private void checked(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String field = field(request, ContentDigest.HEADER);
        if (field == null || field.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        List<ContentDigest.Expected> expected;
        try {
            expected = ContentDigest.expected(field);
        } catch (ContentDigestMismatch e) {
            problems.write(failures.answer(e, CallFilter.trail(request)), response);
            return;
        }
        chain.doFilter(new WatchedRequest(request, body -> new DigestedBody(body, expected)), response);
    }

    /** A field, which may come in several lines; null when it is not there. */
    private static @Nullable String field(HttpServletRequest request, String name) {
        return request.getHeader(name) == null ? null : String.join(",", Collections.list(request.getHeaders(name)));
    }
}
