package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes an item of a batch the call that it stands for: with the same rules and checks. */
@Component
class BatchOperations implements SmartInitializingSingleton {

    private static final Set<String> OWN_FIELDS = Set.of("slot", "operation", "reference");

    private final RequestMappingHandlerMapping mappings;
    private final JsonMapper json;
    private final RateLimits limits;
    private final Map<String, BatchOperation> operations = new TreeMap<>();

    BatchOperations(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings,
            JsonMapper json,
            RateLimits limits) {
        this.mappings = mappings;
        this.json = json;
        this.limits = limits;
    }

    @Override
    public void afterSingletonsInstantiated() {
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            Guarded guarded = handler.getMethodAnnotation(Guarded.class);
            if (guarded != null && guarded.inBatch()) {
                HandlerMethod resolved = handler.createWithResolvedBean();
                operations.put(
                        FrequentCalls.operation(mapping),
                        new BatchOperation(resolved.getBean(), resolved.getMethod(), guarded));
            }
        });
    }

    /** Whether items of the operation cost less when their calls are made together. */
    boolean goesTogether(@Nullable JsonNode operation) {
        BatchOperation known = known(operation);
        return known != null && known.goesTogether();
    }

    /**
     * Reads an item, which is counted as a call of its own.
     *
     * @param item what is left of it is the body
     * @throws Exception what its own call would be refused with
     */
    BatchCall read(@Nullable Map<String, @Nullable JsonNode> item, Caller caller, AuditTrail trail) throws Exception {
        if (item == null) {
            throw HsmException.invalidField("items", "objects", "null");
        }
        BatchOperation operation = operation(item.get("operation"));
        Guarded guarded = operation.guarded();
        trail.action(guarded.action());
        SlotId slot = slot(item.get("slot"));
        trail.slot(slot.toString());
        nameUse(item, trail);
        AccessInterceptor.check(guarded, caller, slot.toString());
        requireShort(item, guarded.maxBody());
        limits.takeItem(caller, slot);
        Object request = body(item, operation.body());
        return new BatchCall(operation, slot, request, caller, WebConfiguration.user(caller), trail);
    }

    /** Also where the item is refused before its call is made. */
    private static void nameUse(Map<String, @Nullable JsonNode> item, AuditTrail trail) {
        trail.key(text(item.get("key")));
        trail.algorithm(text(item.get("algorithm")));
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value != null && value.isString() ? value.asString() : null;
    }

    private Object body(Map<String, @Nullable JsonNode> item, Class<?> type) {
        OWN_FIELDS.forEach(item::remove);
        return json.treeToValue(json.createObjectNode().setAll(item), type);
    }

    /** As long as the body of the call of its own may be. */
    private static void requireShort(Map<String, @Nullable JsonNode> item, int limit) throws BodyTooLarge {
        long length = 0;
        for (JsonNode value : item.values()) {
            if (value != null) {
                length += value.isString()
                        ? value.asString().length()
                        : value.isContainer() ? value.toString().length() : 0;
            }
        }
        if (length > limit) {
            throw new BodyTooLarge(limit);
        }
    }

    private BatchOperation operation(@Nullable JsonNode given) {
        BatchOperation operation = known(given);
        if (operation == null) {
            throw HsmException.invalidField(
                    "operation",
                    "one of " + String.join(", ", operations.keySet()),
                    given != null && given.isString() ? Quoted.text(given.asString()) : "nothing, or no string");
        }
        return operation;
    }

    private @Nullable BatchOperation known(@Nullable JsonNode name) {
        return name != null && name.isString() ? operations.get(name.asString()) : null;
    }

    private static SlotId slot(@Nullable JsonNode slot) {
        if (slot == null || !slot.isIntegralNumber() || !slot.canConvertToInt() || slot.asInt() < 0) {
            throw HsmException.invalidField(
                    "slot",
                    "the id of a slot, a number",
                    slot == null ? "nothing" : slot.isValueNode() ? Quoted.text(slot.asString()) : "no number");
        }
        return SlotId.parse(slot.asString());
    }
}
