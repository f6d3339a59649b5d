package dev.slotgate.web;

import dev.slotgate.hsm.HsmFailure;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of problem that the gateway answers. */
final class ProblemCodes {

    private static final List<ProblemCode> OWN = List.of(
            ProblemCode.MALFORMED,
            ProblemCode.UNAUTHENTICATED,
            ProblemCode.FORBIDDEN,
            ProblemCode.NOT_FOUND,
            ProblemCode.METHOD_NOT_ALLOWED,
            ProblemCode.NOT_ACCEPTABLE,
            ProblemCode.TOO_LARGE,
            ProblemCode.TOO_SLOW,
            ProblemCode.HEADERS_TOO_LARGE,
            ProblemCode.URI_TOO_LONG,
            ProblemCode.NOT_IMPLEMENTED,
            ProblemCode.HTTP_VERSION,
            ProblemCode.RATE_LIMITED,
            ProblemCode.ORIGIN_NOT_ALLOWED,
            ProblemCode.CONTENT_DIGEST,
            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
            ProblemCode.IDEMPOTENCY_KEY_REUSED,
            ProblemCode.DATABASE_UNAVAILABLE,
            ProblemCode.AUDIT_UNAVAILABLE,
            ProblemCode.AUDIT_UNAVAILABLE_AFTER_CHANGE,
            ProblemCode.ISSUER_UNAVAILABLE,
            ProblemCode.STOPPING,
            ProblemCode.INTERNAL);

    private ProblemCodes() {}

    /** Those of the edge, and what can go wrong at the port. */
    static Stream<ProblemCode> all() {
        return Stream.concat(OWN.stream(), Stream.of(HsmFailure.values()).map(ProblemCode::of));
    }
}
