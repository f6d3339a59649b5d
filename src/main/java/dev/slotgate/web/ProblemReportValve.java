package dev.slotgate.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
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
        ProblemCode code = ProblemCode.of(status);
        String requestId =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        response.setHeader(CallFilter.REQUEST_ID, requestId);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        try {
            response.getOutputStream().write(body(status, code, requestId).getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // The caller is gone, or part of the answer is: there is nobody to tell.
        }
    }

    /** Every part of it is ours, so nothing needs to be escaped. */
    private static String body(HttpStatus status, ProblemCode code, String requestId) {
        return """
                {"type":"%s","title":"%s","status":%d,"detail":"The request is not HTTP as it should be.",\
                "instance":"urn:slotgate:request:%s","code":"%s","requestId":"%s","retryable":false,"remedy":"%s"}
                """.formatted(
                        Problems.TYPE + code.code(),
                        code.title(),
                        status.value(),
                        requestId,
                        code.code(),
                        requestId,
                        code.remedy());
    }
}
