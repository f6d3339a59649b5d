package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTests {

    @ParameterizedTest
    @CsvSource({"9223372036854775807,8", "16,8", "9,8", "8,7", "4,3", "1,1"})
    void sessionsAndTheKeeperStayWithinWhatTheTokenAllows(long allowed, int sessions) {
        assertThat(Limits.DEFAULT.sessionsOn(allowed)).isEqualTo(sessions);
    }
}
