package dev.slotgate.web;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.security.Guarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;

/**
 * Answers a call that comes again with its {@code Idempotency-Key} as it was answered the first time
 * (draft-ietf-httpapi-idempotency-key-header). A call that was never answered is done again.
 */
class IdempotencyInterceptor implements HandlerInterceptor {

    static final String HEADER = "Idempotency-Key";
    static final String ANSWER = IdempotencyInterceptor.class.getName() + ".answer";

    private static final String CALL = IdempotencyInterceptor.class.getName() + ".call";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int KEY_ID_BYTES = 16;

    private final IdempotentCalls calls;

    IdempotencyInterceptor(IdempotentCalls calls) {
        this.calls = calls;
    }

    /** The id of the key that the call makes: the same each time that it comes, so that it makes one key only. */
    static KeyId newKey(HttpServletRequest request) {
        return request.getAttribute(CALL) instanceof IdempotentCall call
                ? KeyId.of(Arrays.copyOf(HexFormat.of().parseHex(call.id()), KEY_ID_BYTES))
                : KeyId.random();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        String key = request.getHeader(HEADER);
        if (key == null) {
            return true;
        }
        Guarded guarded =
                handler instanceof HandlerMethod method ? method.getMethod().getAnnotation(Guarded.class) : null;
        RepeatableCall repeatable = WebUtils.getNativeRequest(request, RepeatableCall.class);
        if (guarded == null || !guarded.changesState() || repeatable == null) {
            return true;
        }
        if (!KEY.matcher(key).matches()) {
            throw HsmException.invalidField(HEADER, "1 to 255 visible ASCII characters", "another");
        }
        IdempotentCall call = calls.call(
                AccessInterceptor.caller().name(),
                request.getMethod() + " " + request.getRequestURI(),
                key,
                repeatable.body(guarded.maxBody()));
        Optional<IdempotentCall.Answer> before = calls.begin(call);
        if (before.isPresent()) {
            replay(before.get(), response);
            return false;
        }
        request.setAttribute(CALL, call);
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failed) {
        if (request.getAttribute(CALL) instanceof IdempotentCall call
                && request.getAttribute(ANSWER) instanceof ContentCachingResponseWrapper answer) {
            if (failed == null && isFinal(answer.getStatus())) {
                calls.answered(
                        call,
                        new IdempotentCall.Answer(
                                answer.getStatus(),
                                answer.getContentType(),
                                answer.getHeader(HttpHeaders.LOCATION),
                                answer.getContentAsByteArray()));
            } else {
                calls.unanswered(call);
            }
        }
    }

    /** What would be the same next time: not what failed, nor a refusal that ends by itself. */
    private static boolean isFinal(int status) {
        return status < HttpStatus.INTERNAL_SERVER_ERROR.value() && status != HttpStatus.TOO_MANY_REQUESTS.value();
    }

    private static void replay(IdempotentCall.Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setHeader(REPLAYED, "true");
        if (answer.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, answer.location());
        }
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        response.getOutputStream().write(answer.body());
    }
}
