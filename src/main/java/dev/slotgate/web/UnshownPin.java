package dev.slotgate.web;

import dev.slotgate.hsm.Pin;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads a PIN from a string's characters; no String is made of them, and no message shows what came instead. */
final class UnshownPin extends StdDeserializer<Pin> {

    UnshownPin() {
        super(Pin.class);
    }

    @Override
    public Pin deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            return (Pin) context.handleUnexpectedToken(getValueType(context), parser);
        }
        char[] buffer = parser.getStringCharacters();
        int from = parser.getStringOffset();
        int to = from + parser.getStringLength();
        Pin pin = new Pin(Arrays.copyOfRange(buffer, from, to));
        // The parser is done with it, and lends the buffer to the next request.
        Arrays.fill(buffer, from, to, '\0');
        return pin;
    }
}
