package dev.slotgate.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTests {

    @Test
    void withoutACollectorThereIsNothingToBeSaid() {
        assertThat(new TraceSettings(null, 1).endpoint()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:4318/v1/traces", "https://collector.example/v1/traces"})
    void aCollectorIsAUrl(String url) {
        assertThat(new TraceSettings(URI.create(url), 0.5).endpoint()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "collector",
                "/no/scheme",
                "grpc://collector:4317",
                "http:///v1/traces",
                "http://me:secret@collector/"
            })
    void whatIsNoUrlOfACollectorIsRefusedWithoutBeingRepeated(String url) {
        assertThatExceptionOfType(TracesMisconfigured.class)
                .isThrownBy(() -> new TraceSettings(URI.create(url), 1))
                .withMessageContaining("slotgate.traces.endpoint")
                .withMessageNotContaining(url);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aShareIsFromNoneToAll(double share) {
        assertThatExceptionOfType(TracesMisconfigured.class)
                .isThrownBy(() -> new TraceSettings(null, share))
                .withMessageContaining("slotgate.traces.sampling");
    }
}
