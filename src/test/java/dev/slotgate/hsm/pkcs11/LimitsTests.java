package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xipki.pkcs11.wrapper.TokenInfo;

class LimitsTests {

    @ParameterizedTest
    @CsvSource({"0,0,8", "-1,-1,8", "-2,-2,8", "16,16,8", "9,0,8", "8,0,7", "0,4,3", "4,16,3", "1,1,1"})
    void sessionsAndTheKeeperStayWithinWhatTheTokenAllows(long maxSessions, long maxRwSessions, int sessions) {
        TokenInfo token = mock(TokenInfo.class);
        when(token.getMaxSessionCount()).thenReturn(maxSessions);
        when(token.getMaxRwSessionCount()).thenReturn(maxRwSessions);

        assertThat(Limits.DEFAULT.sessionsOn(token)).isEqualTo(sessions);
    }
}
