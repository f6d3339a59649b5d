package dev.slotgate.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Spans that are sent to a collector. The log names the trace of the call that a line belongs to. */
final class CollectedTraces implements Traces {

    /** What the pattern of the log calls it. */
    static final String TRACE_ID = "traceId";

    private static final String TRACEPARENT = "traceparent";

    private static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("slotgate.request_id");
    private static final AttributeKey<String> ACTION = AttributeKey.stringKey("slotgate.action");
    private static final AttributeKey<String> SLOT = AttributeKey.stringKey("slotgate.slot");
    private static final AttributeKey<String> PROBLEM = AttributeKey.stringKey("slotgate.problem");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private static final int SERVER_ERROR = 500;

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param provider its own; it closes it */
    CollectedTraces(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("dev.slotgate");
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // Whoever was given the span closes it.
    public CallSpan call(UnaryOperator<@Nullable String> headers) {
        Span span = tracer.spanBuilder("call")
                .setSpanKind(SpanKind.SERVER)
                .setParent(W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, new TraceParent()))
                .startSpan();
        Scope scope = span.makeCurrent();
        MDC.put(TRACE_ID, span.getSpanContext().getTraceId());
        return call -> {
            MDC.remove(TRACE_ID);
            scope.close();
            end(span, call);
        };
    }

    private static void end(Span span, TracedCall call) {
        if (call.action() != null) {
            span.updateName(call.action());
            span.setAttribute(ACTION, call.action());
        }
        if (call.slot() != null) {
            span.setAttribute(SLOT, call.slot().toString());
        }
        if (call.problem() != null) {
            span.setAttribute(PROBLEM, call.problem());
        }
        span.setAttribute(REQUEST_ID, call.requestId());
        span.setAttribute(METHOD, call.method());
        span.setAttribute(STATUS, (long) call.status());
        if (call.status() >= SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    @Override
    public TokenSpan token(String operation, int slot) {
        if (!Span.current().isRecording()) {
            return TokenSpan.NONE;
        }
        Span span = tracer.spanBuilder(operation)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(SLOT, String.valueOf(slot))
                .startSpan();
        return new TokenSpan() {
            @Override
            public void failed(String code) {
                span.setAttribute(PROBLEM, code).setStatus(StatusCode.ERROR);
            }

            @Override
            public void end() {
                span.end();
            }
        };
    }

    @Override
    public <T> Consumer<T> carried(Consumer<T> work) {
        return Context.current().wrapConsumer(work);
    }

    @Override
    public void close() {
        provider.close();
    }

    /** Nothing but where the trace comes from is taken from a request. */
    private static final class TraceParent implements TextMapGetter<UnaryOperator<@Nullable String>> {

        @Override
        public Iterable<String> keys(UnaryOperator<@Nullable String> headers) {
            return List.of(TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable UnaryOperator<@Nullable String> headers, String name) {
            return headers != null && name.equals(TRACEPARENT) ? headers.apply(name) : null;
        }
    }
}
