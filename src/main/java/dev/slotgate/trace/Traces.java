package dev.slotgate.trace;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes spans of what the gateway does. */
public interface Traces extends AutoCloseable {

    /** Makes none. */
    Traces OFF = new Traces() {
        @Override
        public CallSpan call(UnaryOperator<@Nullable String> headers) {
            return _ -> {};
        }

        @Override
        public TokenSpan token(String operation, int slot) {
            return TokenSpan.NONE;
        }

        @Override
        public <T> Consumer<T> carried(Consumer<T> work) {
            return work;
        }

        @Override
        public void close() {}
    };

    /**
     * Begins the span of a call, which this thread serves until it ends.
     *
     * @param headers of the request, by name: {@code traceparent} (W3C Trace Context) tells which trace it belongs to
     */
    CallSpan call(UnaryOperator<@Nullable String> headers);

    /** Begins the span of a call of a token, as a child of the call that this thread serves; of none outside of such a call. */
    TokenSpan token(String operation, int slot);

    /** The same work as a part of the call that this thread serves, on whatever thread it is done. */
    <T> Consumer<T> carried(Consumer<T> work);

    /** Sends what it has not sent. */
    @Override
    void close();
}
