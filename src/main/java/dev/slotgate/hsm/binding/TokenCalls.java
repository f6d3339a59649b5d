package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.FromMemory;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.trace.TokenSpan;
import dev.slotgate.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Times and traces the calls of tokens as the gateway sees them: with the way to a worker and back, and the wait for a session.
 * What may be answered from memory is no such call.
 */
public final class TokenCalls {

    private final MeterRegistry registry;
    private final Traces traces;
    private final Map<Method, Watched> watched = new ConcurrentHashMap<>();

    public TokenCalls(MeterRegistry registry, Traces traces) {
        this.registry = registry;
        this.traces = traces;
    }

    /**
     * Makes a call.
     *
     * @param method of the port
     * @throws Throwable what the method throws
     */
    Object make(Method method, Object part, Object[] arguments) throws Throwable {
        return watched.computeIfAbsent(method, Watched::new).call(part, arguments);
    }

    /** A method of the port. */
    private final class Watched {

        private final Method method;
        private final String operation;
        private final boolean fromMemory;
        private final Map<SlotId, Timer> timers = new ConcurrentHashMap<>();

        Watched(Method method) {
            this.method = method;
            this.operation = word(method.getDeclaringClass().getSimpleName()) + "." + method.getName();
            this.fromMemory = method.isAnnotationPresent(FromMemory.class);
        }

        private static String word(String type) {
            return Character.toLowerCase(type.charAt(0)) + type.substring(1);
        }

        Object call(Object part, Object[] arguments) throws Throwable {
            return fromMemory ? invoke(part, arguments) : timed(part, arguments);
        }

        private Object timed(Object part, Object[] arguments) throws Throwable {
            var slot = (SlotId) arguments[0];
            TokenSpan span = traces.token(operation, slot.value());
            long start = System.nanoTime();
            try {
                return invoke(part, arguments);
            } catch (HsmException e) {
                span.failed(e.failure().code());
                throw e;
            } finally {
                timers.computeIfAbsent(slot, this::timer).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                span.end();
            }
        }

        private Object invoke(Object part, Object[] arguments) throws Throwable {
            try {
                return method.invoke(part, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private Timer timer(SlotId slot) {
            return Timer.builder("slotgate.token.call")
                    .tags("operation", operation, "slot", slot.isPublic() ? slot.toString() : "audit")
                    .description("Calls of tokens as the gateway sees them, with the wait for a session")
                    .register(registry);
        }
    }
}
