package dev.slotgate.web;

import dev.slotgate.audit.AuditJournal;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.OpenPaths;
import dev.slotgate.security.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Holds every call to what its endpoint declares with {@link Guarded}, before anything of its body is read. */
class AccessInterceptor implements HandlerInterceptor {

    private static final String NOBODY = "Nobody may call this.";

    /** Other methods change something where their endpoint says so. */
    private static final Set<String> CHANGES = Set.of("PUT", "PATCH", "DELETE");

    private final AuditJournal journal;
    private final boolean publicJwks;

    /** @param publicJwks whether what may be open to all is */
    AccessInterceptor(AuditJournal journal, boolean publicJwks) {
        this.journal = journal;
        this.publicJwks = publicJwks;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            Guarded guarded = method.getMethod().getAnnotation(Guarded.class);
            if (guarded == null) {
                if (OpenPaths.contain(request)) {
                    return true;
                }
                throw new AccessDeniedException(NOBODY);
            }
            note(guarded, request);
            if (!guarded.mayBeOpenToAll() || !publicJwks) {
                check(guarded, caller(), slot(request));
            }
            begin(guarded, request);
        }
        return true;
    }

    private static void note(Guarded guarded, HttpServletRequest request) {
        AuditTrail trail = CallFilter.trail(request);
        trail.action(guarded.action());
        String slot = slot(request);
        if (slot != null) {
            trail.slot(slot);
        }
        trail.key(variable(request, "key"));
    }

    /** Nothing begins that could not be recorded, and no change that was not. */
    private void begin(Guarded guarded, HttpServletRequest request) {
        journal.requireOpen();
        AuditTrail trail = CallFilter.trail(request);
        if (guarded.changesState() || CHANGES.contains(request.getMethod())) {
            trail.changesState();
            known().ifPresent(caller -> CallFilter.by(trail, caller));
            journal.record(trail.intent());
        }
    }

    static void check(Guarded guarded, Caller caller, @Nullable String slot) {
        if (!guarded.anyCaller() && guarded.scope().length + guarded.oneOf().length == 0) {
            throw new AccessDeniedException(NOBODY);
        }
        for (Scope scope : guarded.scope()) {
            caller.require(scope);
        }
        if (guarded.oneOf().length > 0 && Stream.of(guarded.oneOf()).noneMatch(caller::has)) {
            caller.require(guarded.oneOf()[0]);
        }
        // A slot that is not the caller's looks exactly like one that is not there.
        if (slot != null && !caller.mayUse(SlotId.parse(slot).value())) {
            throw HsmException.slotNotFound(slot);
        }
    }

    /** @throws AccessDeniedException when nobody is known to call */
    static Caller caller() {
        return known().orElseThrow(() -> new AccessDeniedException("This call needs an access token."));
    }

    /** Who calls, unless that is not known: some calls may be open to all. */
    static Optional<Caller> known() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    /** The slot in the path, as it stands there. */
    static @Nullable String slot(HttpServletRequest request) {
        return variable(request, "slot");
    }

    private static @Nullable String variable(HttpServletRequest request, String name) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get(name) instanceof String value
                ? value
                : null;
    }
}
