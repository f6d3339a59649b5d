package dev.slotgate.trace;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go.
 *
 * @param endpoint the URL that a collector takes traces at (OTLP over HTTP, protobuf); without one there are no traces
 * @param sampling which share of the calls is traced, from 0 to 1
 */
@ConfigurationProperties("slotgate.traces")
public record TraceSettings(
        @Nullable URI endpoint, @DefaultValue("1") double sampling) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    public TraceSettings {
        if (endpoint != null
                && (endpoint.getScheme() == null
                        || !SCHEMES.contains(endpoint.getScheme())
                        || endpoint.getHost() == null
                        || endpoint.getUserInfo() != null)) {
            throw new TracesMisconfigured(
                    "slotgate.traces.endpoint must be a URL such as http://127.0.0.1:4318/v1/traces, without user and password.");
        }
        if (!(sampling >= 0 && sampling <= 1)) {
            throw new TracesMisconfigured("slotgate.traces.sampling is " + sampling + ", and must be from 0 to 1.");
        }
    }
}
