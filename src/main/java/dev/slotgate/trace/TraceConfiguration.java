package dev.slotgate.trace;

import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Loads nothing of OpenTelemetry unless there is a collector. */
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

    @Bean
    Traces traces(TraceSettings settings) {
        URI endpoint = settings.endpoint();
        return endpoint == null ? Traces.OFF : Collector.traces(endpoint, settings.sampling());
    }
}
