package dev.slotgate.web;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Quoted;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers whatever a call ended with as a problem; what nobody expected is logged and told without its cause. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> failed(HsmException failed, HttpServletRequest request) {
        return Problems.of(failed, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> forbidden(AccessDeniedException denied, HttpServletRequest request) {
        return Problems.of(ProblemCode.FORBIDDEN, String.valueOf(denied.getMessage()), request, HttpHeaders.EMPTY);
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<Object> databaseUnavailable(Exception failed, HttpServletRequest request) {
        LOG.error(
                "The database did not serve call {}", CallFilter.trail(request).requestId(), failed);
        return Problems.of(
                ProblemCode.DATABASE_UNAVAILABLE,
                "The gateway's database is not available.",
                request,
                HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> tooLarge(BodyTooLarge tooLarge, HttpServletRequest request) {
        return Problems.of(ProblemCode.TOO_LARGE, String.valueOf(tooLarge.getMessage()), request, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> reused(IdempotencyKeyReused reused, HttpServletRequest request) {
        return Problems.of(
                ProblemCode.IDEMPOTENCY_KEY_REUSED, String.valueOf(reused.getMessage()), request, HttpHeaders.EMPTY);
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongParameter(MethodArgumentTypeMismatchException wrong, HttpServletRequest request) {
        return Problems.of(
                HsmException.invalidField(
                        wrong.getName(),
                        "a number",
                        wrong.getValue() instanceof String value ? Quoted.text(value) : "several values"),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception unexpected, HttpServletRequest request) {
        LOG.error("Call {} ended with", CallFilter.trail(request).requestId(), unexpected);
        return Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        HttpServletRequest served = served(request);
        if (unreadable.getRootCause() instanceof BodyTooLarge tooLarge) {
            return tooLarge(tooLarge, served);
        }
        return JsonErrors.explain(unreadable.getCause())
                .map(failed -> Problems.of(failed, served))
                .orElseGet(() ->
                        Problems.of(ProblemCode.MALFORMED, JsonErrors.syntax(unreadable.getCause()), served, headers));
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception ex, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = ex instanceof ErrorResponse answer ? answer.getBody().getDetail() : null;
        ProblemCode code = ProblemCode.of(HttpStatus.valueOf(status.value()));
        return Problems.of(code, detail == null ? code.plainDetail() : detail, served(request), headers);
    }

    private static HttpServletRequest served(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }
}
