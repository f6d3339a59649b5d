package dev.slotgate.web;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Quoted;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in the contract's words what is wrong with a body: the field, what was expected, what came. Never the value. */
final class JsonErrors {

    private static final Pattern JSON_KIND =
            Pattern.compile("(?:from|coerce) (Object|Array|String|Integer|Floating-point|Boolean)");

    private JsonErrors() {}

    /** Explains a body that is JSON and does not fit; empty for one that is not JSON at all. */
    static Optional<HsmException> explain(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException unknown -> Optional.of(unknownField(unknown));
            case MismatchedInputException wrong when !wrong.getPath().isEmpty() -> Optional.of(wrongType(wrong));
            case InputCoercionException tooLarge ->
                Optional.of(HsmException.invalidField(path(tooLarge), "a whole number", "one out of range"));
            case null, default -> Optional.empty();
        };
    }

    /** Explains a body that is not JSON, or not an object. */
    static String syntax(@Nullable Throwable cause) {
        if (cause instanceof StreamReadException syntax && syntax.getLocation() != null) {
            String where = " at line " + syntax.getLocation().getLineNr() + ", column "
                    + syntax.getLocation().getColumnNr() + ".";
            return syntax.getOriginalMessage().startsWith("Duplicate")
                    ? "The body has the same field twice," + where
                    : "The body is not JSON: the error is" + where;
        }
        return cause instanceof MismatchedInputException
                ? "The body is expected to be a JSON object."
                : "The body is missing or not JSON.";
    }

    private static HsmException unknownField(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        String fields = known == null
                ? "none"
                : known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
        String path = path(unknown);
        return HsmException.inField(
                HsmFailure.INVALID_FIELD, path, path + ": there is no such field; the fields are " + fields);
    }

    private static HsmException wrongType(MismatchedInputException wrong) {
        return HsmException.invalidField(path(wrong), expected(wrong.getTargetType()), came(wrong));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type == byte[].class) {
            return "a string of standard base64 (RFC 4648 section 4)";
        }
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "a string";
    }

    /** The reader is closed by now, and only the message of its exception still says what it met. */
    private static String came(MismatchedInputException wrong) {
        Matcher kind = JSON_KIND.matcher(wrong.getOriginalMessage());
        return switch (kind.find() ? kind.group(1) : "") {
            case "String" -> wrong.getTargetType() == byte[].class ? "a string that is none" : "a string";
            case "Integer" -> "a number";
            case "Floating-point" -> "a number with a fraction";
            case "Boolean" -> "true or false";
            case "Array" -> "a list";
            case "Object" -> "an object";
            default -> "something else";
        };
    }

    private static String path(JacksonException failed) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : failed.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return Quoted.bare(path.toString());
    }
}
