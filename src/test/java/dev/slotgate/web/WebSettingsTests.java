package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.StartRefused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSettingsTests {

    @Test
    void originsAreNamedOneByOne() {
        assertThatCode(() -> new WebSettings.Cors(List.of("https://a.example.com", "http://[::1]:3000", "http://b:80")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "",
                "example.com",
                "https://",
                "https://*.example.com",
                "https://a.example.com/",
                "https://a.example.com/path",
                "https://u@a.example.com",
                "ftp://a.example.com",
                "HTTPS://a.example.com",
            })
    void whatIsNoOriginKeepsTheGatewayFromStarting(String origin) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new WebSettings.Cors(List.of("https://good.example.com", origin)))
                .withMessageContaining("slotgate.web.cors.allowed-origins has '" + origin + "'");
    }
}
