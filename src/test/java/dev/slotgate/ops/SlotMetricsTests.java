package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.Timing;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotMetricsTests {

    private final TreeMap<SlotId, SlotStatus> statuses = new TreeMap<>();
    private final Slots slots = mock(Slots.class);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long nanos;

    @BeforeEach
    void statuses() {
        when(slots.statuses()).thenAnswer(_ -> new TreeMap<>(statuses));
    }

    @Test
    void everyNumberOfASlotHasItsMeter() {
        show(
                3,
                new SlotStatus(
                        SlotState.READY,
                        new SessionCounts(8, 4, 2, 1),
                        5,
                        6,
                        7,
                        9,
                        new Timing(2, Duration.ofMillis(1500)),
                        new Timing(4, Duration.ofSeconds(3))));
        bind();

        assertThat(gauge("slotgate.sessions.max", 3)).isEqualTo(8);
        assertThat(gauge("slotgate.sessions.open", 3)).isEqualTo(4);
        assertThat(gauge("slotgate.sessions.in.use", 3)).isEqualTo(2);
        assertThat(gauge("slotgate.sessions.waiting", 3)).isEqualTo(1);
        assertThat(gauge("slotgate.hung.calls", 3)).isEqualTo(5);
        assertThat(gauge("slotgate.slot.ready", 3)).isEqualTo(1);
        assertThat(counter("slotgate.logins", 3)).isEqualTo(6);
        assertThat(counter("slotgate.calls.given.up", 3)).isEqualTo(7);
        assertThat(counter("slotgate.recoveries", 3)).isEqualTo(9);
        assertThat(timer("slotgate.session.wait", 3).count()).isEqualTo(2);
        assertThat(timer("slotgate.session.wait", 3).totalTime(TimeUnit.SECONDS))
                .isEqualTo(1.5);
        assertThat(timer("slotgate.session.use", 3).count()).isEqualTo(4);
        assertThat(timer("slotgate.session.use", 3).totalTime(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(registry.getMeters())
                .hasSize(12 + SlotState.values().length)
                .extracting(Meter::getId)
                .allSatisfy(meter -> assertThat(meter.getDescription()).isNotEmpty());
    }

    @Test
    void aSlotIsInOneStateAtATime() {
        show(0, status(SlotState.LOCKED));
        bind();

        for (SlotState state : SlotState.values()) {
            assertThat(registry.get("slotgate.slot.state")
                            .tag("state", state.name().toLowerCase(Locale.ROOT))
                            .gauge()
                            .value())
                    .isEqualTo(state == SlotState.LOCKED ? 1 : 0);
        }
    }

    @Test
    void slotsAreToldApart() {
        show(0, status(SlotState.READY));
        show(1, status(SlotState.LOCKED));
        bind();

        assertThat(gauge("slotgate.slot.ready", 0)).isEqualTo(1);
        assertThat(gauge("slotgate.slot.ready", 1)).isZero();
        assertThat(registry.get("slotgate.slots").gauge().value()).isEqualTo(2);
    }

    @Test
    void aScrapeAsksOnceAndTheNextOneAnew() {
        show(0, status(SlotState.READY));
        bind();
        scrape();
        scrape();
        verify(slots, times(1)).statuses();

        show(0, status(SlotState.LOCKED));
        aSecondLater();
        scrape();
        verify(slots, times(2)).statuses();
        assertThat(gauge("slotgate.slot.ready", 0)).isZero();
    }

    @Test
    void aSlotThatComesLaterHasItsMetersToo() {
        bind();
        show(5, status(SlotState.READY));
        aSecondLater();
        scrape();

        assertThat(gauge("slotgate.slot.ready", 5)).isEqualTo(1);
        assertThat(registry.get("slotgate.slots").gauge().value()).isEqualTo(1);
    }

    @Test
    void aSlotThatIsGoneHasNoNumber() {
        show(0, status(SlotState.READY));
        bind();
        statuses.clear();
        aSecondLater();

        assertThat(gauge("slotgate.slot.ready", 0)).isNaN();
    }

    private void bind() {
        new SlotMetrics(new SlotStatuses(slots, () -> nanos)).bindTo(registry);
    }

    private void scrape() {
        registry.getMeters().forEach(meter -> meter.measure().forEach(number -> number.getValue()));
    }

    private void aSecondLater() {
        nanos += Duration.ofSeconds(1).toNanos();
    }

    private void show(int slot, SlotStatus status) {
        statuses.put(new SlotId(slot), status);
    }

    private double gauge(String name, int slot) {
        return registry.get(name).tag("slot", String.valueOf(slot)).gauge().value();
    }

    private FunctionTimer timer(String name, int slot) {
        return registry.get(name).tag("slot", String.valueOf(slot)).functionTimer();
    }

    private double counter(String name, int slot) {
        return registry.get(name)
                .tag("slot", String.valueOf(slot))
                .functionCounter()
                .count();
    }

    private static SlotStatus status(SlotState state) {
        return new SlotStatus(state, new SessionCounts(8, 1, 0, 0), 0, 0, 0, 0, Timing.NONE, Timing.NONE);
    }
}
