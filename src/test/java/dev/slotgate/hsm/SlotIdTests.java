package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotIdTests {

    @Test
    void readsTheDecimalForm() {
        assertThat(SlotId.parse("12")).isEqualTo(new SlotId(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "01", "1.0", "abc", "99999999999", "1 ", "٣"})
    void whatIsNoIdIsASlotThatDoesNotExist(String text) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> SlotId.parse(text))
                .returns(HsmFailure.SLOT_NOT_FOUND, HsmException::failure);
    }

    @Test
    void isNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SlotId(-1));
    }
}
