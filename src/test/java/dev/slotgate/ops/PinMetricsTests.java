package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.Slots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PinMetricsTests {

    private static final SlotId SLOT = new SlotId(1);
    private static final PinFlags NONE = new PinFlags(false, false, false);

    private final Slots slots = mock(Slots.class);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void slots() {
        when(slots.ids()).thenReturn(Set.of(SLOT));
    }

    @Test
    void aPinIsInOneState() {
        token(SlotState.READY, PinState.TO_BE_CHANGED, NONE);
        new PinMetrics(slots).bindTo(registry);

        assertThat(state("to-be-changed")).isEqualTo(1);
        assertThat(state("ok")).isZero();
        assertThat(state("default")).isZero();
        assertThat(tries("user", "low")).isZero();
    }

    @Test
    void whatTheTokenCountsIsToldOfEachPin() {
        token(SlotState.READY, PinState.OK, new PinFlags(true, true, false));
        new PinMetrics(slots).bindTo(registry);

        assertThat(tries("user", "low")).isEqualTo(1);
        assertThat(tries("user", "final")).isEqualTo(1);
        assertThat(tries("user", "locked")).isZero();
        assertThat(tries("so", "low")).isZero();
    }

    @Test
    void ofATokenThatIsNotThereNothingIsKnown() {
        token(SlotState.ABSENT, PinState.OK, NONE);
        new PinMetrics(slots).bindTo(registry);

        assertThat(state("ok")).isNaN();
    }

    @Test
    void aTokenThatHangsHoldsUpNoScrape() {
        when(slots.get(SLOT)).thenAnswer(_ -> {
            Thread.sleep(Duration.ofSeconds(30));
            throw new HsmException(HsmFailure.TOKEN_TIMEOUT, "late");
        });
        new PinMetrics(slots).bindTo(registry);

        long start = System.nanoTime();
        assertThat(state("ok")).isNaN();
        assertThat(state("default")).isNaN();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    private double state(String state) {
        return registry.get("slotgate.pin.state")
                .tags("slot", "1", "state", state)
                .gauge()
                .value();
    }

    private double tries(String pin, String left) {
        return registry.get("slotgate.pin.tries")
                .tags("slot", "1", "pin", pin, "left", left)
                .gauge()
                .value();
    }

    private void token(SlotState state, PinState pin, PinFlags user) {
        when(slots.get(SLOT))
                .thenReturn(new Slot(
                        SLOT,
                        false,
                        "label",
                        "serial",
                        "pkcs11:",
                        "",
                        "",
                        "",
                        "",
                        state,
                        pin,
                        user,
                        NONE,
                        4,
                        8,
                        new SessionCounts(8, 1, 0, 0)));
    }
}
