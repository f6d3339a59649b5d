package dev.slotgate.pin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinPolicyTests {

    private final PinPolicy policy = new PinPolicy();

    @ParameterizedTest
    @CsvSource({
        "111,from 4 to 12 bytes",
        "1234567890abc,from 4 to 12 bytes",
        "pïïïïïïn,from 4 to 12 bytes",
        "77777,one character repeated",
        "aaaa,one character repeated",
        "23456,ascending run",
        "cdefgh,ascending run",
        "65432,descending run",
        "98765432,descending run",
        "0000,one character repeated",
        "current-pin,differs from the current one",
    })
    void theAnswerNamesTheRuleAndNotThePin(String pin, String rule) {
        assertThat(policy.violation("newPin", slot(4, 12), pin(pin), List.of(pin("current-pin"))))
                .get()
                .returns(HsmFailure.PIN_POLICY, HsmException::failure)
                .returns("newPin", HsmException::field)
                .satisfies(e -> assertThat(e.getMessage()).contains(rule).doesNotContain(pin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3141", "1235", "13579", "p\u00efn-\ud83d\udd11", "aabb"})
    void nothingElseIsRefused(String pin) {
        assertThat(policy.violation("newPin", slot(4, 12), pin(pin), List.of(pin("current-pin"))))
                .isEmpty();
    }

    @Test
    void aTokenThatDoesNotSayJudgesTheLengthItself() {
        assertThat(policy.violation("newPin", slot(0, 0), pin("31"), List.of())).isEmpty();
    }

    private static Slot slot(long min, long max) {
        return new Slot(
                new SlotId(0),
                true,
                "label",
                "serial",
                "pkcs11:",
                "",
                "",
                "",
                "",
                SlotState.READY,
                PinState.OK,
                new PinFlags(false, false, false),
                new PinFlags(false, false, false),
                min,
                max,
                new SessionCounts(0, 0, 0, 0));
    }

    private static Pin pin(String text) {
        return new Pin(text.toCharArray());
    }
}
