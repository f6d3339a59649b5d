package dev.slotgate.web;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in the contract's words what is wrong with a body: the field, what was expected, what came. Never the value. */
final class JsonErrors {

    private JsonErrors() {}

    /** Explains a body that is JSON and does not fit; empty for one that is not JSON at all. */
    static Optional<HsmException> explain(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException unknown -> Optional.of(unknownField(unknown));
            case MismatchedInputException wrong when !wrong.getPath().isEmpty() -> Optional.of(wrongType(wrong));
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
        Class<?> type = wrong.getTargetType();
        return HsmException.invalidField(path(wrong), expected(type), came(wrong, type));
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

    private static String came(MismatchedInputException wrong, @Nullable Class<?> type) {
        JsonToken token = wrong.processor() instanceof JsonParser parser ? parser.currentToken() : null;
        return switch (token) {
            case VALUE_STRING -> type == byte[].class ? "a string that is none" : "a string";
            case VALUE_NUMBER_INT -> type == Integer.class ? "one out of range" : "a number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case START_ARRAY, END_ARRAY -> "a list";
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case null, default -> "something else";
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
        return path.toString();
    }
}
