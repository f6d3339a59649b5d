package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.StartRefused;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PinInSettingsCheckTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slotgate.slots[0].user-pin",
                "slotgate.slots[0].userPin",
                "SLOTGATE_SLOTS_0_USERPIN",
                "SLOTGATE_SLOTS_0_USER_PIN",
                "slotgate.pin",
                "SLOTGATE_SO_PIN",
            })
    void aPinThatOthersCanReadIsRefusedByItsName(String name) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> check(name))
                .withMessageStartingWith(name + " is set")
                .withMessageContaining("user-pin-file")
                .withMessageNotContaining("31415926");
    }

    @ParameterizedTest
    @ValueSource(strings = {"slotgate.slots[0].user-pin-file", "slotgate.slots[0].pin-rotation", "PIN", "OTHER_PIN"})
    void whatIsNoPinOfOursIsNotOurBusiness(String name) {
        assertThatCode(() -> check(name)).doesNotThrowAnyException();
    }

    private static void check(String name) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, "31415926")));
        new PinInSettingsCheck(environment);
    }
}
