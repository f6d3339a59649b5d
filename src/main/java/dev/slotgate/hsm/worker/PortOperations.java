package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.Certificates;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenPins;
import dev.slotgate.hsm.UserLogins;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods of the port as operations of a link: what is added to the port can be called over it without more ado. */
final class PortOperations {

    /** What the gateway calls, and what it is called by. */
    private static final List<Class<?>> PORTS = List.of(
            WorkerControl.class,
            Slots.class,
            SlotTokens.class,
            Keys.class,
            KeyWrapping.class,
            Certificates.class,
            Signer.class,
            KeyCrypto.class,
            MacStreams.class,
            UserLogins.class,
            TokenPins.class,
            SlotPins.class,
            PinLatch.class,
            SlotWatcher.class);

    private static final Map<Method, PortCall> CALLS = numbered();

    private PortOperations() {}

    /** Serves a port to the other end. */
    static <P> void serve(Handlers handlers, Class<P> port, Supplier<P> target) {
        methods(port)
                .forEach(method -> handlers.on(
                        operation(method).operation(), arguments -> invoke(method, target.get(), arguments)));
    }

    /** A port that is served at the other end. */
    static <P> P remote(Class<P> port, Caller caller) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(caller, arguments);
                    }
                    return caller.call(operation(method), arguments == null ? new Object[0] : arguments);
                }));
    }

    private static PortCall operation(Method method) {
        PortCall call = CALLS.get(method);
        if (call == null) {
            throw new IllegalArgumentException(method + " is not called over a link");
        }
        return call;
    }

    private static @Nullable Object invoke(Method method, Object target, @Nullable Object[] arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(method.getName() + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the methods of a port can be called", e);
        } finally {
            for (Object argument : arguments) {
                Secrets.wipe(argument);
            }
        }
    }

    private static Map<Method, PortCall> numbered() {
        List<Method> all = PORTS.stream().flatMap(PortOperations::methods).toList();
        return IntStream.range(0, all.size())
                .boxed()
                .collect(Collectors.toMap(all::get, code -> PortCall.of(all.get(code), code)));
    }

    /** In an order that is the same at both ends. */
    private static Stream<Method> methods(Class<?> port) {
        return Arrays.stream(port.getMethods())
                .map(PortOperations::callable)
                .sorted(Comparator.comparing(Method::getName)
                        .thenComparing(method -> Arrays.toString(method.getParameterTypes())));
    }

    /** Also a method of an interface that only this package knows. */
    private static Method callable(Method method) {
        method.setAccessible(true);
        return method;
    }

    /** Brings a call to the other end. */
    @FunctionalInterface
    interface Caller {

        @Nullable
        Object call(PortCall call, @Nullable Object[] arguments);
    }
}
