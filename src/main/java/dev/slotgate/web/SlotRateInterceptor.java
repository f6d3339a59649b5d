package dev.slotgate.web;

import dev.slotgate.hsm.SlotId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/** Counts the calls to each slot, of callers who may make them: strangers cannot use up what a slot takes. */
class SlotRateInterceptor implements HandlerInterceptor {

    private final RateLimits limits;

    SlotRateInterceptor(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String slot = AccessInterceptor.slot(request);
        if (slot != null && AccessInterceptor.known().isPresent()) {
            limits.take(SlotId.parse(slot), response);
        }
        return true;
    }
}
