package dev.slotgate.web;

import dev.slotgate.security.Guarded;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;

/** An endpoint that can be called as an item of a batch. */
final class BatchOperation {

    private final Object controller;
    private final Method method;
    private final Parameter[] parameters;
    private final Guarded guarded;

    /** @param guarded what the method declares */
    BatchOperation(Object controller, Method method, Guarded guarded) {
        this.controller = controller;
        this.method = method;
        this.parameters = method.getParameters();
        this.guarded = guarded;
        method.setAccessible(true);
    }

    Guarded guarded() {
        return guarded;
    }

    /**
     * Calls it.
     *
     * @param body makes the body of its type
     * @param others what its other parameters may be
     * @throws Exception what the call fails with
     */
    @Nullable
    Object call(Function<Class<?>, Object> body, Object... others) throws Exception {
        Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = parameters[i].getType();
            arguments[i] = parameters[i].isAnnotationPresent(RequestBody.class) ? body.apply(type) : one(type, others);
        }
        try {
            return method.invoke(controller, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception thrown ? thrown : e;
        }
    }

    private static Object one(Class<?> type, Object... others) {
        for (Object other : others) {
            if (type.isInstance(other)) {
                return other;
            }
        }
        throw new IllegalStateException("no item of a batch has a " + type);
    }
}
