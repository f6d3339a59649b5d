package dev.slotgate.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;

/** Sends spans to a collector, in the background; what it does not take in time is dropped. */
final class Collector {

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Collector() {}

    static Traces traces(URI endpoint, double sampling) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setTimeout(PATIENCE)
                .build();
        return new CollectedTraces(SdkTracerProvider.builder()
                .setResource(Resource.builder().put(SERVICE, "slotgate").build())
                .setSampler(sampler(sampling))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(DELAY)
                        .build())
                .build());
    }

    /** A caller that does not trace its call has it not traced here; one that does has no say in how many are. */
    private static Sampler sampler(double share) {
        Sampler own = Sampler.traceIdRatioBased(share);
        return Sampler.parentBasedBuilder(own).setRemoteParentSampled(own).build();
    }
}
