package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.JournalUnavailable;
import dev.slotgate.audit.Receipt;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Slots;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallMetricsTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Slots slots = mock(Slots.class);
    private final CallMetrics metrics = new CallMetrics(registry, slots);

    @BeforeEach
    void slots() {
        when(slots.ids()).thenReturn(Set.of(new SlotId(3)));
    }

    @ParameterizedTest
    @CsvSource({"200, success", "204, success", "400, refused", "429, refused", "500, failed", "503, failed"})
    void theStatusSaysWhatBecameOfACall(int status, String outcome) {
        metrics.count(call("crypto.sign", "3"), status);

        assertThat(timer("crypto.sign", "3", outcome).count()).isEqualTo(1);
        assertThat(timer("crypto.sign", "3", outcome).totalTime(TimeUnit.NANOSECONDS))
                .isPositive();
    }

    @Test
    void theFirstCallMakesAMeterForEachOutcome() {
        metrics.count(call("crypto.sign", "3"), 200);

        assertThat(timer("crypto.sign", "3", "failed").count()).isZero();
        assertThat(timer("crypto.sign", "3", "refused").count()).isZero();
    }

    @Test
    void aSlotThatIsNotThereIsNone() {
        metrics.count(call("crypto.sign", "4"), 404);
        metrics.count(call("crypto.sign", "no-slot"), 404);
        metrics.count(call("slots.list", null), 200);

        assertThat(timer("crypto.sign", "none", "refused").count()).isEqualTo(2);
        assertThat(timer("slots.list", "none", "success").count()).isEqualTo(1);
    }

    @Test
    void whatNothingAnswersToHasNoAction() {
        metrics.count(new AuditTrail("request-1", "127.0.0.1"), 404);

        assertThat(timer("none", "none", "refused").count()).isEqualTo(1);
    }

    @Test
    void problemsCountByTheirCode() {
        AuditTrail call = call("crypto.sign", "3");
        call.problem("slot-busy", null);
        metrics.count(call, 503);

        assertThat(registry.get("slotgate.problems")
                        .tag("code", "slot-busy")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void waitsForTheJournalAreTimedAlsoWhenTheyAreInVain() {
        metrics.await(() -> {});
        assertThatExceptionOfType(JournalUnavailable.class).isThrownBy(() -> metrics.await(Receipt.REFUSED));
        metrics.await(Receipt.NOTHING);

        assertThat(registry.get("slotgate.journal.wait").timer().count()).isEqualTo(2);
    }

    private Timer timer(String action, String slot, String outcome) {
        return registry.get("slotgate.requests")
                .tags("action", action, "slot", slot, "outcome", outcome)
                .timer();
    }

    private static AuditTrail call(String action, @Nullable String slot) {
        var trail = new AuditTrail("request-1", "127.0.0.1");
        trail.action(action);
        if (slot != null) {
            trail.slot(slot);
        }
        return trail;
    }
}
