package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes an item of a batch the call that it stands for: with the same rules, checks and answers. */
@Component
class BatchOperations implements SmartInitializingSingleton {

    private static final String PREFIX = "/slots/{slot}/";
    private static final Set<String> OWN_FIELDS = Set.of("slot", "operation", "reference");

    private final RequestMappingHandlerMapping mappings;
    private final JsonMapper json;
    private final Map<String, HandlerMethod> operations = new TreeMap<>();

    BatchOperations(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings, JsonMapper json) {
        this.mappings = mappings;
        this.json = json;
    }

    @Override
    public void afterSingletonsInstantiated() {
        mappings.getHandlerMethods().forEach((mapping, method) -> {
            Guarded guarded = method.getMethodAnnotation(Guarded.class);
            if (guarded != null && guarded.inBatch()) {
                operations.put(name(mapping), method.createWithResolvedBean());
            }
        });
    }

    private static String name(RequestMappingInfo mapping) {
        return mapping.getPatternValues().iterator().next().substring(PREFIX.length());
    }

    /** @return what the call answers. @throws Exception what it fails with */
    @Nullable
    Object call(@Nullable Map<String, @Nullable JsonNode> item, Caller caller, AuditTrail trail) throws Exception {
        if (item == null) {
            throw HsmException.invalidField("items", "objects", "null");
        }
        HandlerMethod method = method(item.get("operation"));
        Guarded guarded = method.getMethodAnnotation(Guarded.class);
        if (guarded == null) {
            throw new IllegalStateException("only guarded methods are operations");
        }
        trail.action(guarded.action());
        SlotId slot = slot(item.get("slot"));
        trail.slot(slot.toString());
        requireShort(item, guarded.maxBody());
        AccessInterceptor.check(guarded, caller, slot.toString());
        KeyUser user = WebConfiguration.user(caller);
        Object[] arguments = Stream.of(method.getMethod().getParameters())
                .map(parameter -> argument(parameter, item, slot, caller, user, trail))
                .toArray();
        return invoke(method, arguments);
    }

    /** As long as the body of the call of its own may be. */
    private static void requireShort(Map<String, @Nullable JsonNode> item, int limit) throws BodyTooLarge {
        long length = item.values().stream()
                .filter(value -> value != null && value.isString())
                .mapToLong(value -> value.asString().length())
                .sum();
        if (length > limit) {
            throw new BodyTooLarge(limit);
        }
    }

    private HandlerMethod method(@Nullable JsonNode operation) {
        String name = operation != null && operation.isString() ? operation.asString() : null;
        HandlerMethod method = name == null ? null : operations.get(name);
        if (method == null) {
            throw HsmException.invalidField(
                    "operation",
                    "one of " + String.join(", ", operations.keySet()),
                    name == null ? "nothing, or no string" : Quoted.text(name));
        }
        return method;
    }

    private static SlotId slot(@Nullable JsonNode slot) {
        if (slot == null || !slot.isIntegralNumber() || !slot.canConvertToInt() || slot.asInt() < 0) {
            throw HsmException.invalidField("slot", "the id of a slot, a number", slot == null ? "nothing" : "another");
        }
        return new SlotId(slot.asInt());
    }

    private Object argument(
            Parameter parameter,
            Map<String, @Nullable JsonNode> item,
            SlotId slot,
            Caller caller,
            KeyUser user,
            AuditTrail trail) {
        if (parameter.isAnnotationPresent(RequestBody.class)) {
            var fields = new LinkedHashMap<>(item);
            fields.keySet().removeAll(OWN_FIELDS);
            return json.treeToValue(json.createObjectNode().setAll(fields), parameter.getType());
        }
        return Stream.of(slot, caller, user, trail)
                .filter(parameter.getType()::isInstance)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no item of a batch has a " + parameter.getType()));
    }

    private static @Nullable Object invoke(HandlerMethod method, Object[] arguments) throws Exception {
        try {
            method.getMethod().setAccessible(true);
            return method.getMethod().invoke(method.getBean(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception thrown ? thrown : e;
        }
    }
}
