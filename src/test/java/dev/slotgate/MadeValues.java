package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the gateway really made in the place of what an example shows: ids, ciphertexts, signatures. */
final class MadeValues {

    /** Shorter texts are words, such as a state, and the same each time. */
    private static final int SHORTEST = 12;

    private final Map<String, String> values = new LinkedHashMap<>();

    void bind(String shown, String real) {
        values.put(shown, real);
        values.put(urlSafe(shown), urlSafe(real));
    }

    /** A text of an example with what was really made. */
    String in(String text) {
        String real = text;
        for (var value : values.entrySet()) {
            real = real.replace(value.getKey(), value.getValue());
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
            if (!shown.asString().equals(real.asString())) {
                bind(shown.asString(), real.asString());
            }
        }
    }

    private static String urlSafe(String base64) {
        return base64.replace('+', '-').replace('/', '_').replace("=", "");
    }
}
