package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenFailuresTests {

    private final Ticks clock = new Ticks();
    private final Set<String> verified = new HashSet<>();
    private final TokenFailures tokens = new TokenFailures(verified::contains, clock);

    @Test
    void aThousandTokensThatAreNoGoodAreJudgedAMinute() {
        for (int i = 0; i < TokenFailures.A_MINUTE; i++) {
            tokens.check("192.0.2.1", "Bearer bad");
            tokens.failed("192.0.2.1");
        }
        assertThatExceptionOfType(RateLimited.class)
                .isThrownBy(() -> tokens.check("192.0.2.1", "Bearer bad"))
                .satisfies(limited -> assertThat(limited.retryAfter()).isEqualTo("60"));

        clock.pass(Duration.ofSeconds(61));
        assertTaken("192.0.2.1", "bad");
    }

    @Test
    void otherAddressesAreNotHeldUp() {
        exhaust("192.0.2.1");

        assertTaken("192.0.2.2", "bad");
    }

    @Test
    void aTokenThatWasGoodIsNotHeldUp() {
        verified.add("good");
        exhaust("192.0.2.1");

        assertTaken("192.0.2.1", "good");
        assertHeldUp("192.0.2.1", "unknown");
    }

    @Test
    void addressesOfOneNetworkCountAsOne() {
        exhaust("2001:db8:0:0:1:2:3:4");

        assertHeldUp("2001:db8:0:0:ffff:0:0:9", "bad");
        assertTaken("2001:db8:0:1:1:2:3:4", "bad");
        assertTaken("fe80:0:0:0:1:2:3:4%nowhere", "bad");
    }

    private void exhaust(String source) {
        for (int i = 0; i < TokenFailures.A_MINUTE; i++) {
            tokens.failed(source);
        }
    }

    private void assertTaken(String source, String token) {
        assertThatCode(() -> tokens.check(source, "Bearer " + token)).doesNotThrowAnyException();
    }

    private void assertHeldUp(String source, String token) {
        assertThatExceptionOfType(RateLimited.class).isThrownBy(() -> tokens.check(source, "Bearer " + token));
    }
}
