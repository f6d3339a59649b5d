package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.Refusals;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what the container refuses outside the controllers, for example a path that the firewall rejects. */
@Controller
class ErrorPageController implements ErrorController {

    private final Refusals refusals;

    ErrorPageController(Refusals refusals) {
        this.refusals = refusals;
    }

    @RequestMapping("/error")
    ResponseEntity<Object> error(HttpServletRequest request, HttpServletResponse response) {
        boolean recorded = CallFilter.hasSeen(request);
        AuditTrail trail = CallFilter.trail(request);
        response.setHeader(CallFilter.REQUEST_ID, trail.requestId());
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code instanceof Integer value ? HttpStatus.resolve(value) : null;
        ResponseEntity<Object> problem = Problems.of(status == null ? HttpStatus.NOT_FOUND : status, trail);
        if (!recorded) {
            refusals.record(trail.finish(problem.getStatusCode().value()));
        }
        return problem;
    }
}
