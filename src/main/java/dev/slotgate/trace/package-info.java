/**
 * Traces: a span for each call, and one for each call of a token in it, sent to a collector by OTLP. Without a collector nothing
 * is made and nothing costs. The only code that knows OpenTelemetry; knows nothing of the rest of the gateway.
 */
@NullMarked
package dev.slotgate.trace;

import org.jspecify.annotations.NullMarked;
