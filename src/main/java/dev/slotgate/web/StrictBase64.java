package dev.slotgate.web;

import java.util.Base64;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads bytes from a string of standard base64 with its padding (RFC 4648 section 4), and from nothing else. */
final class StrictBase64 extends StdDeserializer<byte[]> {

    StrictBase64() {
        super(byte[].class);
    }

    @Override
    public byte[] deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return (byte[]) context.handleUnexpectedToken(getValueType(context), parser);
        }
        String text = parser.getString();
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            // The decoder forgives what is missing or left over at the end; there is one encoding of these bytes.
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for an end that is not right.
        }
        return (byte[]) context.handleWeirdStringValue(byte[].class, text, "not base64");
    }
}
