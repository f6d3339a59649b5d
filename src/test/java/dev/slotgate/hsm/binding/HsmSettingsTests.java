package dev.slotgate.hsm.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.StartRefused;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HsmSettingsTests {

    private static final Map<String, String> COMPLETE = Map.of(
            "slotgate.modules[0].name", "hsm",
            "slotgate.modules[0].library", "/usr/lib/hsm.so",
            "slotgate.slots[0].id", "3",
            "slotgate.slots[0].module", "hsm",
            "slotgate.slots[0].label", "payments");

    @Test
    void whatIsNotSetHasItsDefault() {
        HsmSettings settings = bind(Map.of());

        assertThat(Limits.DEFAULT.with(settings.limits())).isEqualTo(Limits.DEFAULT);
        assertThat(Limits.DEFAULT.with(settings.slots().getFirst().limits())).isEqualTo(Limits.DEFAULT);
        assertThat(settings.modules().getFirst().initArguments()).isNull();
    }

    @Test
    void aSlotMayDifferFromTheOthers() {
        HsmSettings settings = bind(Map.of(
                "slotgate.limits.sessions", "4",
                "slotgate.limits.call-deadline", "3s",
                "slotgate.slots[0].limits.sessions", "2"));

        Limits limits = Limits.DEFAULT
                .with(settings.limits())
                .with(settings.slots().getFirst().limits());
        assertThat(limits.sessions()).isEqualTo(2);
        assertThat(limits.callDeadline()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "slotgate.limits.sessions, 0",
        "slotgate.limits.sessions, 1001",
        "slotgate.limits.call-deadline, 0s",
        "slotgate.limits.session-wait, -1s",
        "slotgate.slots[0].limits.idle-check, 2h",
        "slotgate.slots[0].module, nowhere",
        "slotgate.slots[0].id, -1",
    })
    void aValueThatMakesNoSenseIsRefusedByItsKey(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of(key, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith(key);
    }

    @Test
    void aSlotIsBoundByLabelOrBySerialNumberAndNotByBoth() {
        assertThatThrownBy(() -> bind(Map.of("slotgate.slots[0].serial", "12")))
                .rootCause()
                .hasMessageStartingWith("slotgate.slots[0] needs either serial or label");
    }

    private static HsmSettings bind(Map<String, String> more) {
        var values = new HashMap<>(COMPLETE);
        values.putAll(more);
        return new Binder(new MapConfigurationPropertySource(values))
                .bind("slotgate", HsmSettings.class)
                .get();
    }
}
