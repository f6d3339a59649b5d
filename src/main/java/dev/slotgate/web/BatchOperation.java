package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;

/** An endpoint that can be called as an item of a batch. */
final class BatchOperation {

    /** What an item has beside its body. */
    private static final Set<Class<?>> OFFERED = Set.of(SlotId.class, Caller.class, KeyUser.class, AuditTrail.class);

    private final Object controller;
    private final Method method;
    private final Class<?>[] parameters;
    private final Class<?> body;
    private final @Nullable Method together;
    private final Guarded guarded;

    /** @param guarded what the method declares */
    BatchOperation(Object controller, Method method, Guarded guarded) {
        this.controller = controller;
        this.method = method;
        this.parameters = method.getParameterTypes();
        this.body = Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(method + " takes no body"))
                .getType();
        if (!OFFERED.containsAll(others(parameters, body))) {
            throw new IllegalStateException("no item of a batch has all that is asked for by " + method);
        }
        this.together = together(method.getDeclaringClass(), guarded.together());
        this.guarded = guarded;
        method.setAccessible(true);
    }

    private static List<Class<?>> others(Class<?>[] parameters, Class<?> body) {
        return Arrays.stream(parameters).filter(type -> type != body).toList();
    }

    private static @Nullable Method together(Class<?> controller, String name) {
        if (name.isEmpty()) {
            return null;
        }
        try {
            Method method = controller.getDeclaredMethod(name, SlotId.class, List.class, KeyUser.class, List.class);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(controller + " has no such method to make calls together", e);
        }
    }

    Guarded guarded() {
        return guarded;
    }

    /** The type of its body. */
    Class<?> body() {
        return body;
    }

    /** Whether several calls cost less when they are made together. */
    boolean goesTogether() {
        return together != null;
    }

    /** Calls it. @throws Exception what the call fails with */
    Object call(SlotId slot, Object request, Caller caller, KeyUser user, AuditTrail trail) throws Exception {
        Map<Class<?>, Object> offered = Map.of(
                SlotId.class, slot, body, request, Caller.class, caller, KeyUser.class, user, AuditTrail.class, trail);
        return invoke(method, Arrays.stream(parameters).map(offered::get).toArray());
    }

    /**
     * Makes several calls, where they go together.
     *
     * @return what gives the answer of each, in order, or throws what it failed with
     */
    @SuppressWarnings("unchecked") // As Guarded has it.
    List<Callable<Object>> callAll(SlotId slot, List<Object> requests, KeyUser user, List<AuditTrail> trails)
            throws Exception {
        return (List<Callable<Object>>) invoke(Objects.requireNonNull(together), slot, requests, user, trails);
    }

    private Object invoke(Method called, Object... arguments) throws Exception {
        try {
            return called.invoke(controller, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception thrown ? thrown : e;
        }
    }
}
