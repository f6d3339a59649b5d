package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.JournalUnavailable;
import dev.slotgate.hsm.HsmException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import tools.jackson.core.JacksonException;

/** Answers whatever a call ended with as a problem; what nobody expected is logged and told without its cause. */
@Component
class CallFailures {

    private static final Logger LOG = LoggerFactory.getLogger(CallFailures.class);

    ResponseEntity<Object> answer(Exception failed, AuditTrail trail) {
        return switch (failed) {
            case HsmException told -> Problems.of(told, trail);
            case AccessDeniedException denied -> plain(ProblemCode.FORBIDDEN, denied, trail);
            case BodyTooLarge tooLarge -> plain(ProblemCode.TOO_LARGE, tooLarge, trail);
            case ContentDigestMismatch mismatch -> plain(ProblemCode.CONTENT_DIGEST, mismatch, trail);
            case BodyTooSlow slow -> plain(ProblemCode.TOO_SLOW, slow, trail);
            case SocketTimeoutException _ ->
                Problems.of(ProblemCode.TOO_SLOW, "The body stopped coming.", trail, HttpHeaders.EMPTY);
            case JournalUnavailable unavailable -> auditUnavailable(unavailable, trail);
            case IdempotencyKeyReused reused -> plain(ProblemCode.IDEMPOTENCY_KEY_REUSED, reused, trail);
            case RateLimited limited -> limited(limited, trail);
            case JacksonException unreadable -> unreadable(unreadable, trail);
            case DataAccessResourceFailureException down -> databaseUnavailable(down, trail);
            case TransientDataAccessException down -> databaseUnavailable(down, trail);
            case CannotCreateTransactionException down -> databaseUnavailable(down, trail);
            case IOException _ ->
                Problems.of(ProblemCode.MALFORMED, "The body did not arrive whole.", trail, HttpHeaders.EMPTY);
            default -> {
                LOG.error("Call {} ended with", trail.requestId(), failed);
                yield Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, trail);
            }
        };
    }

    /** Before anything was done. */
    private static ResponseEntity<Object> auditUnavailable(JournalUnavailable unavailable, AuditTrail trail) {
        trail.turnedAway();
        return plain(ProblemCode.AUDIT_UNAVAILABLE, unavailable, trail);
    }

    private static ResponseEntity<Object> plain(ProblemCode code, Exception failed, AuditTrail trail) {
        return Problems.of(code, String.valueOf(failed.getMessage()), trail, HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Object> limited(RateLimited limited, AuditTrail trail) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, limited.retryAfter());
        return Problems.of(ProblemCode.RATE_LIMITED, String.valueOf(limited.getMessage()), trail, headers);
    }

    private static ResponseEntity<Object> unreadable(JacksonException unreadable, AuditTrail trail) {
        Optional<HsmException> explained = JsonErrors.explain(unreadable);
        return explained
                .map(failed -> Problems.of(failed, trail))
                .orElseGet(() ->
                        Problems.of(ProblemCode.MALFORMED, JsonErrors.syntax(unreadable), trail, HttpHeaders.EMPTY));
    }

    private static ResponseEntity<Object> databaseUnavailable(Exception failed, AuditTrail trail) {
        LOG.error("The database did not serve call {}", trail.requestId(), failed);
        return Problems.of(
                ProblemCode.DATABASE_UNAVAILABLE, "The gateway's database is not available.", trail, HttpHeaders.EMPTY);
    }
}
