package dev.slotgate;

import dev.slotgate.security.Guarded;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** One call that the gateway serves, as its controllers declare it. */
record Endpoint(String method, String path, String mediaType) {

    private static final String OF_A_SLOT = "/slots/{slot}/";

    /** What anybody may call. */
    private static final Set<String> OPEN = Set.of("/error", "/openapi", "/openapi.yaml");

    /** All of our own that have a rule; one that reads bodies of two kinds is there twice. */
    static List<Endpoint> of(RequestMappingHandlerMapping mappings) {
        var endpoints = new ArrayList<Endpoint>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            boolean ours = handler.getBeanType().getPackageName().startsWith("dev.slotgate");
            if (!ours || OPEN.containsAll(mapping.getPatternValues())) {
                return;
            }
            var types = mapping.getConsumesCondition().getConsumableMediaTypes();
            String type = types.isEmpty()
                    ? "application/json"
                    : types.iterator().next().toString();
            for (var method : mapping.getMethodsCondition().getMethods()) {
                mapping.getPatternValues().forEach(path -> endpoints.add(new Endpoint(method.name(), path, type)));
            }
        });
        return endpoints;
    }

    /** What an item of a batch can be, by the names that items call it by. */
    static List<String> inBatch(RequestMappingHandlerMapping mappings) {
        return mappings.getHandlerMethods().entrySet().stream()
                .filter(mapping -> {
                    Guarded rule = mapping.getValue().getMethodAnnotation(Guarded.class);
                    return rule != null && rule.inBatch();
                })
                .map(mapping -> mapping.getKey().getPatternValues().iterator().next())
                .map(path -> path.substring(OF_A_SLOT.length()))
                .sorted()
                .toList();
    }

    /** Calls it with a body that makes no sense. */
    Gateway.Answer call(Gateway caller, int slot) throws Exception {
        HttpRequest.Builder request = caller.request(path.replace("{slot}", String.valueOf(slot))
                .replace("{key}", "00")
                .replace("{id}", "0-1"));
        if (isWithoutBody()) {
            return caller.send(request.method(method, HttpRequest.BodyPublishers.noBody()));
        }
        return caller.send(
                request.header("Content-Type", mediaType).method(method, HttpRequest.BodyPublishers.ofString("[]")));
    }

    /** Such as {@code GET /slots/{slot}}. */
    String name() {
        return method + " " + path;
    }

    boolean hasSlot() {
        return path.contains("{slot}");
    }

    /** Without one it does what it is for, whatever that is. */
    boolean isWithoutBody() {
        return method.equals("GET") || method.equals("DELETE");
    }

    boolean spoils() {
        return method.equals("DELETE");
    }
}
