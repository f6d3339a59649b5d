package dev.slotgate.web;

import dev.slotgate.hsm.StartRefused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is around the gateway.
 *
 * @param cors which pages of other origins may call it from a browser
 * @param trustedProxies the addresses and networks (CIDR) of the proxies whose word on where a call comes from is taken
 * @param swaggerUi whether Swagger UI is served, whose pages send access tokens; in a trial it is
 */
@ConfigurationProperties(WebSettings.PREFIX)
record WebSettings(
        @DefaultValue Cors cors,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("false") boolean swaggerUi) {

    static final String PREFIX = "slotgate.web";

    /** @param allowedOrigins of pages that may call from a browser, for example {@code https://dashboard.example.com}; {@code *} is refused */
    record Cors(@DefaultValue List<String> allowedOrigins) {

        private static final String KEY = PREFIX + ".cors.allowed-origins";

        Cors {
            allowedOrigins.stream()
                    .filter(origin -> !isOrigin(origin))
                    .findFirst()
                    .ifPresent(wrong -> {
                        throw new StartRefused(
                                KEY + " has '" + wrong
                                        + "', and must name origins one by one, each scheme, host and port: https://host or https://host:8443.");
                    });
        }

        private static boolean isOrigin(String text) {
            try {
                URI uri = new URI(text);
                return uri.getHost() != null
                        && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                        && text.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                        && uri.getRawUserInfo() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
