package dev.slotgate.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Answers what the container refuses before any filter sees it, such as a path with characters that no path may have. */
public class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemCode code = isStopping(request) ? ProblemCode.STOPPING : ProblemCode.of(status);
        response.setStatus(code.status().value());
        String requestId =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
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

    /** On connections that stay open the container skips the headers of what comes when it stops, and then misses them. */
    private static boolean isStopping(Request request) {
        return request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
                && protocol.isPaused();
    }

    /** Every part of it is ours, so nothing needs to be escaped. */
    private static String body(ProblemCode code, String requestId) {
        return """
                {"type":"%s","title":"%s","status":%d,"detail":"%s",\
                "instance":"urn:slotgate:request:%s","code":"%s","requestId":"%s","retryable":%s,"remedy":"%s"}
                """.formatted(
                        Problems.TYPE + code.code(),
                        code.title(),
                        code.status().value(),
                        code.equals(ProblemCode.STOPPING)
                                ? "The gateway is stopping and took no notice of the request."
                                : "The request is not HTTP as it should be.",
                        requestId,
                        code.code(),
                        requestId,
                        code.retryable(),
                        code.remedy());
    }
}
