package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.TokenIdentity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenInfo;

class BoundTokenTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 9223372036854775807",
        "-1, -1, 9223372036854775807",
        "-2, -2, 9223372036854775807",
        "16, 16, 16",
        "9, 0, 9",
        "0, 4, 4",
        "4, 16, 4"
    })
    void aTokenThatDoesNotSayAllowsAnyNumberOfSessions(long maxSessions, long maxRwSessions, long allowed) {
        TokenInfo info = mock(TokenInfo.class);
        when(info.getMaxSessionCount()).thenReturn(maxSessions);
        when(info.getMaxRwSessionCount()).thenReturn(maxRwSessions);

        var token = new BoundToken(new TokenIdentity("m", "1", "a"), mock(Token.class), info);

        assertThat(token.sessionLimit()).isEqualTo(allowed);
    }
}
