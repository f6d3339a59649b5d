package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.JournalUnavailable;
import dev.slotgate.audit.Refusals;
import dev.slotgate.audit.RequestId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11InputBuffer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Answers what the container refuses before any filter sees it, such as a path with characters that no path may have. */
final class ProblemReportValve extends ErrorReportValve {

    private final Refusals refusals;

    ProblemReportValve(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String requestId = requestId(request);
        ProblemCode code =
                isStopping(request) ? ProblemCode.STOPPING : recorded(code(status, request), request, requestId);
        response.setStatus(code.status().value());
        response.setHeader(CallFilter.REQUEST_ID, requestId);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (code.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
        }
        try {
            response.getOutputStream().write(body(code, requestId).getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // The caller is gone, or part of the answer is: there is nobody to tell.
        }
    }

    /** That of the caller, as far as its headers were read. */
    private static String requestId(Request request) {
        return CallFilter.hasSeen(request)
                ? CallFilter.trail(request).requestId()
                : RequestId.of(request.getHeader(CallFilter.REQUEST_ID));
    }

    /** What {@link CallFilter} saw has its record. */
    private ProblemCode recorded(ProblemCode code, Request request, String requestId) {
        if (CallFilter.hasSeen(request)) {
            return code;
        }
        var trail = new AuditTrail(requestId, String.valueOf(request.getRemoteAddr()));
        trail.problem(code.code(), null);
        try {
            refusals.record(trail.finish(code.status().value()));
            return code;
        } catch (JournalUnavailable e) {
            return ProblemCode.AUDIT_UNAVAILABLE;
        }
    }

    /** The container calls a request that is too long a bad one, and logs why. */
    private static ProblemCode code(HttpStatus status, Request request) {
        org.apache.coyote.Request connection = request.getCoyoteRequest();
        if (status == HttpStatus.BAD_REQUEST
                && request.getConnector().getProtocolHandler() instanceof AbstractHttp11Protocol<?> http
                && connection.getInputBuffer() instanceof Http11InputBuffer head) {
            boolean full = head.getByteBuffer().position() >= http.getMaxHttpRequestHeaderSize();
            if (full && connection.requestURI().isNull()) {
                return ProblemCode.URI_TOO_LONG;
            }
            if (full || connection.getMimeHeaders().size() >= http.getMaxHeaderCount()) {
                return ProblemCode.HEADERS_TOO_LARGE;
            }
        }
        return ProblemCode.of(status);
    }

    /** On connections that stay open the container skips the headers of what comes when it stops, and then misses them. */
    private static boolean isStopping(Request request) {
        return request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
                && protocol.isPaused();
    }

    /** Every part of it is ours, or an id that has been checked, so nothing needs to be escaped. */
    private static String body(ProblemCode code, String requestId) {
        return """
                {"type":"%s","title":"%s","status":%d,"detail":"%s",\
                "instance":"urn:slotgate:request:%s","code":"%s","requestId":"%s","retryable":%s,"remedy":"%s"}
                """.formatted(
                        Problems.TYPE + code.code(),
                        code.title(),
                        code.status().value(),
                        detail(code),
                        requestId,
                        code.code(),
                        requestId,
                        code.retryable(),
                        code.remedy());
    }

    private static String detail(ProblemCode code) {
        if (code.equals(ProblemCode.STOPPING)) {
            return "The gateway is stopping and took no notice of the request.";
        }
        if (code.equals(ProblemCode.AUDIT_UNAVAILABLE)) {
            return "The audit journal cannot be written at the moment.";
        }
        if (code.equals(ProblemCode.URI_TOO_LONG)) {
            return "The request line is too long.";
        }
        return code.equals(ProblemCode.HEADERS_TOO_LARGE)
                ? "The headers of the request are too long together, or too many."
                : "The request is not HTTP as it should be.";
    }
}
