package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes the answers to calls that failed: problem details (RFC 9457), all of one form. */
final class Problems {

    static final String TYPE = "urn:slotgate:problem:";
    static final String RETRY_AFTER_SECONDS = "1";

    private Problems() {}

    static ResponseEntity<Object> of(HsmException failed, AuditTrail trail) {
        HsmFailure failure = failed.failure();
        ProblemDetail problem = problem(ProblemCode.of(failure), failed.getMessage(), trail);
        if (failed.field() != null) {
            problem.setProperty("field", failed.field());
        }
        if (failed.returnCode() != null && failure.showsReturnCode()) {
            problem.setProperty("ckr", failed.returnCode());
        }
        if (!failed.candidates().isEmpty()) {
            problem.setProperty(
                    "candidates", failed.candidates().stream().map(KeyId::hex).toList());
        }
        trail.problem(failure.code(), failed.returnCode());
        var headers = new HttpHeaders();
        if (failed.retryAfter() != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    String.valueOf(Math.max(1, failed.retryAfter().toSeconds() + 1)));
        }
        return answer(problem, headers);
    }

    static ResponseEntity<Object> of(ProblemCode code, String detail, AuditTrail trail, HttpHeaders headers) {
        trail.problem(code.code(), null);
        return answer(problem(code, detail, trail), headers);
    }

    /** A refusal or failure of which nothing more is to be told. */
    static ResponseEntity<Object> of(HttpStatus status, AuditTrail trail) {
        ProblemCode code = ProblemCode.of(status);
        return of(code, code.plainDetail(), trail, HttpHeaders.EMPTY);
    }

    private static ProblemDetail problem(ProblemCode code, String detail, AuditTrail trail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(code.status(), detail);
        problem.setType(URI.create(TYPE + code.code()));
        problem.setTitle(code.title());
        problem.setInstance(URI.create("urn:slotgate:request:" + trail.requestId()));
        problem.setProperty("code", code.code());
        problem.setProperty("requestId", trail.requestId());
        problem.setProperty("retryable", code.retryable());
        problem.setProperty("remedy", code.remedy());
        return problem;
    }

    private static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
        HttpStatusCode status = HttpStatusCode.valueOf(problem.getStatus());
        var answer = ResponseEntity.status(status).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return answer.body(problem);
    }
}
