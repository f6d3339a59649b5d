package dev.slotgate.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Loads nothing of OpenTelemetry unless there is a collector. */
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

    @Bean
    @ConditionalOnProperty(name = "slotgate.traces.endpoint", matchIfMissing = true, havingValue = "")
    Traces noTraces() {
        return Traces.OFF;
    }

    /** Sends spans to the collector, in the background; what it does not take in time is dropped. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("slotgate.traces.endpoint")
    static class ToCollector {

        private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
        private static final Duration DELAY = Duration.ofSeconds(1);
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        @Bean
        SdkTracerProvider tracerProvider(TraceSettings settings) {
            URI endpoint = Objects.requireNonNull(settings.endpoint());
            var exporter = OtlpHttpSpanExporter.builder()
                    .setEndpoint(endpoint.toString())
                    .setTimeout(PATIENCE)
                    .build();
            return SdkTracerProvider.builder()
                    .setResource(Resource.builder().put(SERVICE, "slotgate").build())
                    .setSampler(sampler(settings.sampling()))
                    .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                            .setScheduleDelay(DELAY)
                            .build())
                    .build();
        }

        /** A caller that does not trace its call has it not traced here; one that does has no say in how many are. */
        private static Sampler sampler(double share) {
            Sampler own = Sampler.traceIdRatioBased(share);
            return Sampler.parentBasedBuilder(own).setRemoteParentSampled(own).build();
        }

        @Bean
        Traces traces(SdkTracerProvider provider) {
            return new CollectedTraces(provider.get("dev.slotgate"));
        }
    }
}
