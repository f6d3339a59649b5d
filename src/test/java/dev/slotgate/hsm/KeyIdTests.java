package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyIdTests {

    @Test
    void isTheHexOfCkaId() {
        assertThat(KeyId.of(new byte[] {0, (byte) 0xab})).isEqualTo(new KeyId("00ab"));
        assertThat(new KeyId("00ab").bytes()).containsExactly(0, 0xab);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "AB", "0g", "my-key"})
    void refusesWhatIsNotLowerCaseHex(String text) {
        assertThat(KeyId.looksLikeOne(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyId(text));
    }

    @Test
    void newIdsAreSixteenRandomBytes() {
        assertThat(KeyId.random().bytes()).hasSize(16);
        assertThat(KeyId.random()).isNotEqualTo(KeyId.random());
    }
}
