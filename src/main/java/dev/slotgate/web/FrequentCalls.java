package dev.slotgate.web;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.slotgate.security.Guarded;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds the endpoints of the calls that come most by one look in a map: Spring tries every endpoint in turn, which takes a tenth
 * of the gateway's time for a signature. What is not plainly one of these calls is left to Spring.
 */
class FrequentCalls extends RequestMappingHandlerMapping {

    private static final String SLOTS = "/slots/";
    private static final String PREFIX = "/slots/{slot}/";
    private static final String ANYTHING = "*/*";

    /** By what follows the slot in their paths. */
    private volatile Map<String, Endpoint> frequent = Map.of();

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> endpoints) {
        super.handlerMethodsInitialized(endpoints);
        frequent = endpoints.entrySet().stream()
                .filter(endpoint -> isFrequent(endpoint.getValue()))
                .collect(toUnmodifiableMap(
                        endpoint -> operation(endpoint.getKey()),
                        endpoint -> new Endpoint(endpoint.getKey(), endpoint.getValue())));
    }

    private static boolean isFrequent(HandlerMethod method) {
        Guarded guarded = method.getMethodAnnotation(Guarded.class);
        return guarded != null && guarded.inBatch();
    }

    /** What a call that can be an item of a batch is called there. */
    static String operation(RequestMappingInfo mapping) {
        return mapping.getPatternValues().iterator().next().substring(PREFIX.length());
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        Endpoint endpoint = isPlain(request) ? frequent.get(operation(path)) : null;
        if (endpoint == null) {
            return super.lookupHandlerMethod(path, request);
        }
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, endpoint.method);
        handleMatch(endpoint.mapping, path, request);
        return endpoint.method;
    }

    /** What follows the slot in the path; nothing when there is no slot. */
    private static String operation(String path) {
        int end = path.indexOf('/', SLOTS.length());
        return path.startsWith(SLOTS) && end > SLOTS.length() ? path.substring(end + 1) : "";
    }

    /** Whether all that these endpoints ask of a request is there, as most send it. */
    private static boolean isPlain(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return HttpMethod.POST.matches(request.getMethod())
                && MediaType.APPLICATION_JSON_VALUE.equals(request.getContentType())
                && (accept == null || accept.equals(ANYTHING) || accept.equals(MediaType.APPLICATION_JSON_VALUE));
    }

    /** Takes JSON by POST and gives JSON. */
    private record Endpoint(RequestMappingInfo mapping, HandlerMethod method) {}
}
