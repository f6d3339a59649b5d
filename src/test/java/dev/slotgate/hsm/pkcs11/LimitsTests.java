package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTests {

    @ParameterizedTest
    @CsvSource({"0,8", "-1,8", "-2,8", "16,8", "3,3"})
    void sessionsStayWithinWhatTheTokenSays(long tokenMaximum, int sessions) {
        assertThat(Limits.DEFAULT.sessionsOn(tokenMaximum)).isEqualTo(sessions);
    }
}
