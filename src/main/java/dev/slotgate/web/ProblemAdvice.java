package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Quoted;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Answers whatever a call ended with, in our words or the framework's, as a problem. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private final CallFailures failures;

    ProblemAdvice(CallFailures failures) {
        this.failures = failures;
    }

    @ExceptionHandler
    ResponseEntity<Object> failed(Exception failed, HttpServletRequest request) {
        return failures.answer(failed, CallFilter.trail(request));
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongParameter(MethodArgumentTypeMismatchException wrong, HttpServletRequest request) {
        return Problems.of(
                HsmException.invalidField(
                        wrong.getName(),
                        "a number",
                        wrong.getValue() instanceof String value ? Quoted.text(value) : "several values"),
                CallFilter.trail(request));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        AuditTrail trail = trail(request);
        return switch (unreadable.getRootCause()) {
            case BodyTooLarge tooLarge -> failures.answer(tooLarge, trail);
            case ContentDigestMismatch mismatch -> failures.answer(mismatch, trail);
            case null, default ->
                unreadable.getCause() instanceof JacksonException json
                        ? failures.answer(json, trail)
                        : Problems.of(ProblemCode.MALFORMED, JsonErrors.syntax(unreadable.getCause()), trail, headers);
        };
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception ex, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = ex instanceof ErrorResponse answer ? answer.getBody().getDetail() : null;
        ProblemCode code = ProblemCode.of(HttpStatus.valueOf(status.value()));
        return Problems.of(code, detail == null ? code.plainDetail() : detail, trail(request), headers);
    }

    private static AuditTrail trail(WebRequest request) {
        return CallFilter.trail(((ServletWebRequest) request).getRequest());
    }
}
