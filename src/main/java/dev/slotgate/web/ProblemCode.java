package dev.slotgate.web;

import dev.slotgate.hsm.HsmFailure;
import org.springframework.http.HttpStatus;

/**
 * A kind of problem: what callers tell it by, and what they can do about it.
 *
 * @param retryable true only when nothing was done, or doing it again is harmless
 * @param remedy one sentence
 */
record ProblemCode(HttpStatus status, String code, boolean retryable, String remedy) {

    static final ProblemCode MALFORMED = new ProblemCode(
            HttpStatus.BAD_REQUEST, "malformed-request", false, "Send what the contract at /openapi.yaml says.");
    static final ProblemCode UNAUTHENTICATED = new ProblemCode(
            HttpStatus.UNAUTHORIZED, "unauthenticated", false, "Send 'Authorization: Bearer <access token>'.");
    static final ProblemCode FORBIDDEN = new ProblemCode(
            HttpStatus.FORBIDDEN, "insufficient-scope", false, "Ask the issuer for a token with the scope.");
    static final ProblemCode NOT_FOUND =
            new ProblemCode(HttpStatus.NOT_FOUND, "not-found", false, "Look at the contract at /openapi.yaml.");
    static final ProblemCode METHOD_NOT_ALLOWED = new ProblemCode(
            HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", false, "Use a method that the header Allow names.");
    static final ProblemCode NOT_ACCEPTABLE = new ProblemCode(
            HttpStatus.NOT_ACCEPTABLE, "not-acceptable", false, "Accept a media type that the contract names.");
    static final ProblemCode TOO_LARGE = new ProblemCode(
            HttpStatus.CONTENT_TOO_LARGE,
            "too-large",
            false,
            "Send less; sign, verify and digest take application/octet-stream of any size.");
    static final ProblemCode TOO_SLOW =
            new ProblemCode(HttpStatus.REQUEST_TIMEOUT, "too-slow", true, "Send the body at 64 KiB a second or more.");
    static final ProblemCode HEADERS_TOO_LARGE = new ProblemCode(
            HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "headers-too-large",
            false,
            "Send fewer or shorter headers: 40 KiB and 100 of them at most.");
    static final ProblemCode URI_TOO_LONG = new ProblemCode(
            HttpStatus.URI_TOO_LONG, "uri-too-long", false, "Send a request line that is shorter than 40 KiB.");
    static final ProblemCode NOT_IMPLEMENTED = new ProblemCode(
            HttpStatus.NOT_IMPLEMENTED,
            "not-implemented",
            false,
            "Send the body as it is, or 'Transfer-Encoding: chunked'.");
    static final ProblemCode HTTP_VERSION = new ProblemCode(
            HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "http-version-not-supported", false, "Speak HTTP/1.1.");
    static final ProblemCode RATE_LIMITED = new ProblemCode(
            HttpStatus.TOO_MANY_REQUESTS, "rate-limited", true, "Wait as long as the header Retry-After says.");
    static final ProblemCode ORIGIN_NOT_ALLOWED = new ProblemCode(
            HttpStatus.FORBIDDEN,
            "origin-not-allowed",
            false,
            "Have the origin added to slotgate.web.cors.allowed-origins; send no other methods and headers than the contract names.");
    static final ProblemCode CONTENT_DIGEST = new ProblemCode(
            HttpStatus.BAD_REQUEST, "content-digest-mismatch", true, "Send the body again, with its own digest.");
    static final ProblemCode UNSUPPORTED_MEDIA_TYPE = new ProblemCode(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            false,
            "Send 'Content-Type: application/json'.");
    static final ProblemCode IDEMPOTENCY_KEY_REUSED = new ProblemCode(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "idempotency-key-reused",
            false,
            "Send another Idempotency-Key with another body.");
    static final ProblemCode DATABASE_UNAVAILABLE = new ProblemCode(
            HttpStatus.SERVICE_UNAVAILABLE, "database-unavailable", true, "Try again when the database is back.");
    static final ProblemCode AUDIT_UNAVAILABLE = new ProblemCode(
            HttpStatus.SERVICE_UNAVAILABLE,
            "audit-unavailable",
            true,
            "Try again when the gateway can write its audit journal.");
    /** What was changed is not told, and would be changed again. */
    static final ProblemCode AUDIT_UNAVAILABLE_AFTER_CHANGE = new ProblemCode(
            HttpStatus.SERVICE_UNAVAILABLE,
            "audit-unavailable",
            false,
            "Look whether the change was made; with an Idempotency-Key the call can be made again.");

    static final ProblemCode ISSUER_UNAVAILABLE = new ProblemCode(
            HttpStatus.SERVICE_UNAVAILABLE,
            "issuer-unavailable",
            true,
            "Try again when the issuer of access tokens is back.");
    static final ProblemCode STOPPING = new ProblemCode(
            HttpStatus.SERVICE_UNAVAILABLE, "gateway-stopping", true, "Send the request again on a new connection.");
    static final ProblemCode INTERNAL = new ProblemCode(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal-error",
            false,
            "Report it with the request id; the log has the cause.");

    static ProblemCode of(HsmFailure failure) {
        return new ProblemCode(status(failure.meaning()), failure.code(), failure.retryable(), failure.remedy());
    }

    /** The code for a status that the framework decided on. */
    static ProblemCode of(HttpStatus status) {
        return switch (status.value()) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> TOO_SLOW;
            case 413 -> TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 431 -> HEADERS_TOO_LARGE;
            case 501 -> NOT_IMPLEMENTED;
            case 505 -> HTTP_VERSION;
            default ->
                status.is4xxClientError() ? new ProblemCode(status, MALFORMED.code, false, MALFORMED.remedy) : INTERNAL;
        };
    }

    /** The one place where a meaning becomes an HTTP status. */
    private static HttpStatus status(HsmFailure.Meaning meaning) {
        return switch (meaning) {
            case BAD_INPUT -> HttpStatus.BAD_REQUEST;
            case UNPROCESSABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case LOCKED -> HttpStatus.LOCKED;
            case LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    /** What to say when there is nothing more to say. */
    String plainDetail() {
        return status.is5xxServerError() ? "The gateway failed." : "The request was refused.";
    }

    String title() {
        String words = code.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
