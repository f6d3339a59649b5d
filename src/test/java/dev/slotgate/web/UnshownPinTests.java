package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.slotgate.hsm.Pin;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.json.JsonMapper;

class UnshownPinTests {

    @Test
    void nothingOfThePinStaysInTheParser() {
        byte[] body = "\"98765432\"".getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = JsonMapper.shared().createParser(body)) {
            parser.nextToken();
            Pin pin = new UnshownPin().deserialize(parser, mock(DeserializationContext.class));

            assertThat(pin.characters()).isEqualTo("98765432".toCharArray());
            assertThat(parser.getString()).isEqualTo("\0".repeat(8));
        }
    }
}
