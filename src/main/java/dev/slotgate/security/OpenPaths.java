package dev.slotgate.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What anybody may read: probes, the build, and the contract. */
public final class OpenPaths {

    private static final List<String> PATTERNS = List.of(
            "/actuator/health",
            "/actuator/health/*",
            "/actuator/info",
            "/openapi",
            "/openapi.yaml",
            "/openapi/*",
            "/swagger-ui.html",
            "/swagger-ui/**",
            "/error");

    private static final RequestMatcher MATCHER = new OrRequestMatcher(PATTERNS.stream()
            .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
            .toList());

    private OpenPaths() {}

    public static boolean contain(HttpServletRequest request) {
        return MATCHER.matches(request);
    }

    /** Ant patterns. */
    public static String[] patterns() {
        return PATTERNS.toArray(String[]::new);
    }
}
