package dev.slotgate.hsm.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SignatureAlgorithm;
import org.junit.jupiter.api.Test;

class PaceTests {

    private static final SigningLane.Target KEY = new SigningLane.Target(new KeyId("aa"), SignatureAlgorithm.RS256);
    private static final SigningLane.Target SLOWER = new SigningLane.Target(new KeyId("bb"), SignatureAlgorithm.RS256);
    private static final long MILLISECOND = 1_000_000;

    private final Pace pace = new Pace();

    @Test
    void asManyGoTogetherAsTheTokenMakesInTwentyMilliseconds() {
        pace.took(KEY, 8 * MILLISECOND, 4);
        assertThat(pace.mostTogether(KEY)).isBetween(9, 10);
        pace.took(KEY, MILLISECOND, 10);
        assertThat(pace.mostTogether(KEY)).isEqualTo(16);
        pace.took(KEY, 100 * MILLISECOND, 1);
        assertThat(pace.mostTogether(KEY)).isEqualTo(1);
    }

    @Test
    void ofAKeyThatNothingIsKnownOfOneGoesAlone() {
        pace.took(KEY, MILLISECOND, 10);
        assertThat(pace.mostTogether(SLOWER)).isEqualTo(1);
    }

    @Test
    void afterAFailureOneGoesAlone() {
        pace.took(KEY, MILLISECOND, 10);
        pace.took(KEY, MILLISECOND, 0);
        assertThat(pace.mostTogether(KEY)).isEqualTo(1);
    }
}
