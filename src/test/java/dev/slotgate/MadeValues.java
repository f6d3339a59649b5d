package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** What the gateway really made in the place of what an example shows: ids, ciphertexts, signatures. */
final class MadeValues {

    /** Shorter texts are words, such as a state, and the same each time. */
    private static final int SHORTEST = 12;

    private final Map<String, String> values = new LinkedHashMap<>();

    void bind(String shown, String real) {
        values.put(shown, real);
    }

    /** A body of an example with what was really made. */
    String inBody(String text) {
        return replaced(text, value -> value);
    }

    /** The same for a path and its query, where bytes are in base64url. */
    String inTarget(String text) {
        return replaced(text, MadeValues::urlSafe);
    }

    private String replaced(String text, UnaryOperator<String> form) {
        String real = text;
        for (var value : values.entrySet()) {
            real = real.replace(form.apply(value.getKey()), form.apply(value.getValue()));
        }
        return real;
    }

    /** The answer has the members that the example shows, of the same kinds; what it made is remembered. */
    void learn(ContractExample example, Gateway.Answer answer) {
        if (example.answer().isString()) {
            assertThat(answer.text().lines().findFirst())
                    .as(example.toString())
                    .isEqualTo(example.answer().asString().lines().findFirst());
        } else if (!example.answer().isMissingNode()) {
            compare(example.toString(), example.answer(), answer.json());
        }
    }

    private void compare(String place, JsonNode shown, JsonNode real) {
        assertThat(real.getNodeType()).as(place).isEqualTo(shown.getNodeType());
        if (shown.isObject()) {
            assertThat(real.propertyNames()).as(place).containsExactlyInAnyOrderElementsOf(shown.propertyNames());
            shown.properties()
                    .forEach(member ->
                            compare(place + "/" + member.getKey(), member.getValue(), real.path(member.getKey())));
        } else if (shown.isArray()) {
            for (int i = 0; i < shown.size(); i++) {
                compare(place + "/" + i, shown.get(i), real.path(i));
            }
        } else if (shown.isString() && shown.asString().length() >= SHORTEST) {
            bind(shown.asString(), real.asString());
        }
    }

    private static String urlSafe(String base64) {
        return base64.replace('+', '-').replace('/', '_').replace("=", "");
    }
}
