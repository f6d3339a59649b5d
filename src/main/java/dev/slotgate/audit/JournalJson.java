package dev.slotgate.audit;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of the journal: one line of ASCII each, so that no terminal and no tool takes a caller's text for anything else. */
final class JournalJson {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private static final JsonMapper PLAIN = JsonMapper.shared();

    private JournalJson() {}

    static byte[] write(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    /** Reads what was written here a moment ago. */
    static JsonNode readOwn(byte[] line) {
        return PLAIN.readTree(line);
    }

    /** @throws JacksonException when it is none */
    static JsonNode read(byte[] line) {
        return JSON.readTree(line);
    }
}
