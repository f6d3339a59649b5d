package dev.slotgate.web;

import java.io.Serial;
import java.time.Duration;

/** A call was not taken, since there were too many before it. */
final class RateLimited extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    /** @param wait after how long another one is taken */
    RateLimited(String message, Duration wait) {
        super(message, null, false, false);
        this.wait = wait;
    }

    /** What {@code Retry-After} says: whole seconds, at least one. */
    String retryAfter() {
        return String.valueOf(Math.max(1, RateLimit.seconds(wait)));
    }
}
