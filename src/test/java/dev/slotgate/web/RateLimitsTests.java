package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.security.Caller;
import dev.slotgate.security.SlotAccess;
import dev.slotgate.web.RateSettings.Rate;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class RateLimitsTests {

    private static final SlotId SLOT = new SlotId(3);

    private final Ticks clock = new Ticks();

    @Test
    void withoutLimitsEveryCallIsTakenAndNothingIsTold() {
        var limits = new RateLimits(new RateSettings(null, null), clock);
        var answer = new MockHttpServletResponse();
        for (int i = 0; i < 1000; i++) {
            limits.take(caller("a", "x"), answer);
            limits.take(SLOT, answer);
        }
        assertThat(answer.getHeaderNames()).isEmpty();
    }

    @Test
    void aBurstIsTakenAtOnceAndThenTheRate() {
        var limits = new RateLimits(new RateSettings(new Rate(2, 5), null), clock);
        for (int i = 0; i < 5; i++) {
            limits.take(caller("a", "x"), null);
        }
        assertThatExceptionOfType(RateLimited.class)
                .isThrownBy(() -> limits.take(caller("a", "x"), null))
                .satisfies(limited -> assertThat(limited.retryAfter()).isEqualTo("1"));

        clock.pass(Duration.ofSeconds(1));
        limits.take(caller("a", "x"), null);
        limits.take(caller("a", "x"), null);
        assertRefused(limits, caller("a", "x"));
    }

    @Test
    void eachClientHasItsOwnWhoeverUsesIt() {
        var limits = new RateLimits(new RateSettings(new Rate(1, null), null), clock);
        limits.take(caller("a", "client"), null);

        assertRefused(limits, caller("b", "client"));
        limits.take(caller("client", null), null);
        assertRefused(limits, caller("client", null));
        limits.take(caller("a", "another"), null);
    }

    @Test
    void eachSlotHasItsOwn() {
        var limits = new RateLimits(new RateSettings(null, new Rate(1, 1)), clock);
        limits.takeItem(caller("a", "x"), SLOT);

        assertThatExceptionOfType(RateLimited.class)
                .isThrownBy(() -> limits.takeItem(caller("b", "y"), SLOT))
                .withMessageContaining("slot");
        assertThatCode(() -> limits.take(new SlotId(4), null)).doesNotThrowAnyException();
    }

    @Test
    void answersTellWhatIsLeft() {
        var limits = new RateLimits(new RateSettings(new Rate(2, 5), new Rate(10, 10)), clock);
        var answer = new MockHttpServletResponse();
        limits.take(caller("a", "x"), answer);
        limits.take(SLOT, answer);

        assertThat(answer.getHeaders("RateLimit-Policy")).containsExactly("\"client\";q=5;w=3", "\"slot\";q=10;w=1");
        assertThat(answer.getHeaders("RateLimit")).containsExactly("\"client\";r=4;t=1", "\"slot\";r=9;t=1");
    }

    @Test
    void aRefusalTellsWhenTheNextCallIsTaken() {
        var limits = new RateLimits(new RateSettings(new Rate(1, 1), null), clock);
        limits.take(caller("a", "x"), null);
        var answer = new MockHttpServletResponse();
        assertThatExceptionOfType(RateLimited.class).isThrownBy(() -> limits.take(caller("a", "x"), answer));

        assertThat(answer.getHeader("RateLimit")).isEqualTo("\"client\";r=0;t=1");
    }

    @Test
    void aLimitThatLetsNobodyInKeepsTheGatewayFromStarting() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new RateSettings(new Rate(0, 5), null))
                .withMessageContaining("slotgate.limits.per-client.requests-per-second is 0");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> new RateSettings(null, new Rate(5, -1)))
                .withMessageContaining("slotgate.limits.per-slot.burst is -1");
    }

    private static void assertRefused(RateLimits limits, Caller caller) {
        assertThatExceptionOfType(RateLimited.class).isThrownBy(() -> limits.take(caller, null));
    }

    private static Caller caller(String subject, @Nullable String client) {
        return new Caller(subject, client, Set.of(), new SlotAccess(true, Set.of()), null);
    }
}
