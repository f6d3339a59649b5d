package dev.slotgate.web;

import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** What calls can end with, as the contract states it: what any call can, what follows from what a method takes, and its own. */
final class ContractProblems {

    /** Whatever the call is. */
    private static final List<ProblemCode> OF_ANY_CALL = List.of(
            ProblemCode.MALFORMED,
            ProblemCode.UNAUTHENTICATED,
            ProblemCode.FORBIDDEN,
            ProblemCode.ORIGIN_NOT_ALLOWED,
            ProblemCode.NOT_FOUND,
            ProblemCode.METHOD_NOT_ALLOWED,
            ProblemCode.NOT_ACCEPTABLE,
            ProblemCode.URI_TOO_LONG,
            ProblemCode.RATE_LIMITED,
            ProblemCode.HEADERS_TOO_LARGE,
            ProblemCode.INTERNAL,
            ProblemCode.NOT_IMPLEMENTED,
            ProblemCode.AUDIT_UNAVAILABLE,
            ProblemCode.DATABASE_UNAVAILABLE,
            ProblemCode.ISSUER_UNAVAILABLE,
            ProblemCode.STOPPING,
            ProblemCode.HTTP_VERSION);

    private static final List<Rule> RULES = List.of(
            new Rule(
                    ContractProblems::takesBody,
                    ProblemCode.MALFORMED,
                    ProblemCode.CONTENT_DIGEST,
                    ProblemCode.TOO_SLOW,
                    ProblemCode.TOO_LARGE,
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE),
            new Rule(call -> takesBody(call) || has(call, RequestParam.class), HsmFailure.INVALID_FIELD),
            new Rule(
                    call -> takes(call, SlotId.class),
                    HsmFailure.SLOT_NOT_FOUND,
                    HsmFailure.SLOT_BUSY,
                    HsmFailure.TOKEN_TIMEOUT,
                    HsmFailure.TOKEN_UNAVAILABLE),
            new Rule(ContractProblems::worksWithKeys, HsmFailure.SLOT_LOCKED, HsmFailure.DEFAULT_PIN),
            new Rule(ContractProblems::namesKey, HsmFailure.KEY_NOT_FOUND, HsmFailure.AMBIGUOUS_KEY),
            new Rule(
                    call -> takes(call, KeyUser.class) && takesBody(call),
                    HsmFailure.KEY_NOT_FOUND,
                    HsmFailure.AMBIGUOUS_KEY,
                    HsmFailure.KEY_CHANGED,
                    HsmFailure.KEY_DISABLED,
                    HsmFailure.KEY_SUPERSEDED,
                    HsmFailure.OPERATION_NOT_GRANTED,
                    HsmFailure.KEY_USAGE,
                    HsmFailure.ALGORITHM_MISMATCH,
                    HsmFailure.ALGORITHM_NOT_ALLOWED,
                    HsmFailure.REFUSED_BY_TOKEN),
            new Rule(
                    call -> takes(call, KeyId.class),
                    HsmFailure.USAGE_CONFLICT,
                    HsmFailure.LABEL_IN_USE,
                    HsmFailure.REFUSED_BY_TOKEN),
            new Rule(ContractProblems::isRepeatable, ProblemCode.IDEMPOTENCY_KEY_REUSED),
            new Rule(ContractProblems::isRepeatable, HsmFailure.OUTCOME_UNKNOWN));

    private ContractProblems() {}

    static String ofAnyCall() {
        return OF_ANY_CALL.stream()
                .map(each -> each.status().value() + " `" + each.code() + "`")
                .collect(Collectors.joining(", "));
    }

    /** Codes by status. */
    static Map<Integer, Set<String>> of(HandlerMethod call) {
        var codes = new TreeMap<Integer, Set<String>>();
        Stream.concat(
                        RULES.stream().filter(rule -> rule.holds.test(call)).flatMap(rule -> rule.codes.stream()),
                        Stream.of(call.getMethod(), call.getBeanType()).flatMap(ContractProblems::declared))
                .forEach(each -> codes.computeIfAbsent(each.status().value(), _ -> new TreeSet<>())
                        .add(each.code()));
        return codes;
    }

    private static Stream<ProblemCode> declared(AnnotatedElement element) {
        return AnnotatedElementUtils.getAllMergedAnnotations(element, Fails.class).stream()
                .flatMap(fails -> Arrays.stream(fails.value()))
                .map(ProblemCode::of);
    }

    private static boolean takesBody(HandlerMethod call) {
        return has(call, RequestBody.class) || takes(call, InputStream.class);
    }

    private static boolean worksWithKeys(HandlerMethod call) {
        return takes(call, KeyUser.class) || takes(call, KeyId.class);
    }

    private static boolean namesKey(HandlerMethod call) {
        return Stream.of(call.getMethodParameters())
                .anyMatch(each ->
                        each.hasParameterAnnotation(PathVariable.class) && each.getParameterType() == String.class);
    }

    private static boolean isRepeatable(HandlerMethod call) {
        Guarded guarded = call.getMethodAnnotation(Guarded.class);
        return guarded != null && guarded.changesState();
    }

    private static boolean takes(HandlerMethod call, Class<?> type) {
        return Stream.of(call.getMethodParameters()).anyMatch(each -> each.getParameterType() == type);
    }

    private static boolean has(HandlerMethod call, Class<? extends Annotation> annotation) {
        return Stream.of(call.getMethodParameters()).anyMatch(each -> each.hasParameterAnnotation(annotation));
    }

    private record Rule(Predicate<HandlerMethod> holds, List<ProblemCode> codes) {

        Rule(Predicate<HandlerMethod> holds, ProblemCode... codes) {
            this(holds, List.of(codes));
        }

        Rule(Predicate<HandlerMethod> holds, HsmFailure... failures) {
            this(holds, Arrays.stream(failures).map(ProblemCode::of).toList());
        }
    }
}
