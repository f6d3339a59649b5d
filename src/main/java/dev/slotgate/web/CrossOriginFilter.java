package dev.slotgate.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets pages of the origins that the operator names call the gateway from a browser (CORS), without cookies. Runs before
 * access tokens are looked at, since browsers ask beforehand without one.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class CrossOriginFilter extends OncePerRequestFilter {

    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final CorsConfiguration rules = new CorsConfiguration();
    private final Refusing processor = new Refusing();
    private final ProblemWriter problems;

    CrossOriginFilter(WebSettings settings, ProblemWriter problems) {
        this.problems = problems;
        rules.setAllowedOrigins(settings.cors().allowedOrigins());
        rules.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        rules.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                "DPoP",
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.ACCEPT,
                CallFilter.REQUEST_ID,
                IdempotencyInterceptor.HEADER,
                ContentDigest.HEADER,
                ContentDigest.WANTED));
        rules.setExposedHeaders(List.of(
                CallFilter.REQUEST_ID,
                HttpHeaders.LOCATION,
                HttpHeaders.RETRY_AFTER,
                HttpHeaders.WWW_AUTHENTICATE,
                "Idempotency-Replayed",
                RateLimit.HEADER,
                RateLimit.POLICY_HEADER,
                ContentDigest.HEADER));
        rules.setAllowCredentials(false);
        rules.setMaxAge(REMEMBERED);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        List<String> origins = rules.getAllowedOrigins();
        return origins == null || origins.isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!processor.processRequest(rules, request, response)) {
            String detail = "Pages of this origin may not make this call.";
            problems.write(
                    Problems.of(ProblemCode.ORIGIN_NOT_ALLOWED, detail, CallFilter.trail(request), HttpHeaders.EMPTY),
                    response);
        } else if (!CorsUtils.isPreFlightRequest(request)) {
            chain.doFilter(request, response);
        }
    }

    /** Leaves the refusal to the filter, which answers with a problem. */
    private static final class Refusing extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {}
    }
}
