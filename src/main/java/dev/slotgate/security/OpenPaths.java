package dev.slotgate.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What anybody may read: probes, the build, and the contract. */
public final class OpenPaths {

    private static final RequestMatcher MATCHER = new OrRequestMatcher(Stream.of(
                    "/actuator/health",
                    "/actuator/health/*",
                    "/actuator/info",
                    "/openapi",
                    "/openapi.yaml",
                    "/swagger-ui.html",
                    "/swagger-ui/**",
                    "/error")
            .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
            .toList());

    private OpenPaths() {}

    /** Whether the request is to one of them, which the resource server and the endpoints' guard both ask. */
    public static boolean contain(HttpServletRequest request) {
        return MATCHER.matches(request);
    }
}
