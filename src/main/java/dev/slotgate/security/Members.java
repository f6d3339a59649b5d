package dev.slotgate.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The members of a JSON object of a token, read strictly: no name comes twice, and each has the type that it must have. */
final class Members {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The end of the year 9999; what is later is no time. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    private final JsonNode object;

    private Members(JsonNode object) {
        this.object = object;
    }

    /** @throws TokenRefused when it is not one JSON object in UTF-8 */
    static Members of(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            JsonNode object = JSON.readTree(text);
            if (object.isObject()) {
                return new Members(object);
            }
        } catch (CharacterCodingException | JacksonException e) {
            // The same refusal: what is wrong with it is nobody's concern.
        }
        throw new TokenRefused("a part of it is not a JSON object");
    }

    boolean has(String name) {
        return object.has(name);
    }

    @Nullable
    JsonNode get(String name) {
        return object.get(name);
    }

    @Nullable
    String text(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isString()) {
            return value == null ? null : value.asString();
        }
        throw new TokenRefused(name + " is not a string");
    }

    /** The strings of a list, or the one string that stands alone; none when there is no such member. */
    List<String> texts(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (value.isString()) {
            return List.of(value.asString());
        }
        if (!value.isArray()) {
            throw new TokenRefused(name + " is neither a string nor a list");
        }
        var texts = new ArrayList<String>();
        for (JsonNode one : value) {
            if (!one.isString()) {
                throw new TokenRefused(name + " holds something that is not a string");
            }
            texts.add(one.asString());
        }
        return texts;
    }

    /** A NumericDate (RFC 7519 section 2), in whole seconds since 1970. */
    @Nullable
    Long time(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            return null;
        }
        double seconds = value.isNumber() ? value.asDouble(-1) : -1;
        if (seconds >= 0 && seconds <= LAST_SECOND) {
            return (long) seconds;
        }
        throw new TokenRefused(name + " is not a time");
    }
}
