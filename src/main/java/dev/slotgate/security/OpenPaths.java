package dev.slotgate.security;

import java.util.List;

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

    private OpenPaths() {}

    /** Ant patterns. */
    public static String[] patterns() {
        return PATTERNS.toArray(String[]::new);
    }
}
