package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Holds every call to what its endpoint declares with {@link Guarded}, before anything of its body is read. */
class AccessInterceptor implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            check(method, caller(), CallFilter.trail(request), request);
        }
        return true;
    }

    private static void check(HandlerMethod method, Caller caller, AuditTrail trail, HttpServletRequest request) {
        Guarded guarded = method.getMethodAnnotation(Guarded.class);
        if (guarded == null) {
            throw new AccessDeniedException("Nobody may call this.");
        }
        trail.action(guarded.action());
        String slot = slot(request);
        if (slot != null) {
            trail.slot(slot);
        }
        if (!caller.has(guarded.scope())) {
            throw new AccessDeniedException(
                    "This call needs the scope " + guarded.scope().text() + ".");
        }
        // A slot that is not the caller's looks exactly like one that is not there.
        if (slot != null && !caller.mayUse(SlotId.parse(slot).value())) {
            throw HsmException.slotNotFound(slot);
        }
    }

    static Caller caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new AccessDeniedException("This call needs an access token.");
    }

    private static @Nullable String slot(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("slot") instanceof String slot
                ? slot
                : null;
    }
}
