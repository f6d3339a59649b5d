package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.ModuleStatus;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.Timing;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class SlotsHealthIndicatorTests {

    private static final int SESSIONS = 8;

    @ParameterizedTest
    @EnumSource
    void oneReadySlotIsEnough(SlotState other) {
        Health health = health(slot(SlotState.READY, 0), slot(other, 0));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("slots", 2).containsEntry("hungCalls", 0);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "READY")
    void withoutAReadySlotItIsOutOfService(SlotState state) {
        assertThat(health(slot(state, 0)).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void withoutAnySlotItIsOutOfService() {
        assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void itIsOutOfServiceWhenMoreThanHalfOfAllSessionsHang() {
        Health half = health(slot(SlotState.READY, 0), slot(SlotState.DEGRADED, SESSIONS));
        Health more = health(slot(SlotState.READY, 1), slot(SlotState.DEGRADED, SESSIONS));

        assertThat(half.getStatus()).isEqualTo(Status.UP);
        assertThat(half.getDetails()).containsEntry("hungCalls", SESSIONS);
        assertThat(more.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(more.getDetails()).containsEntry("hungCalls", SESSIONS + 1).containsEntry("ready", 1L);
    }

    @Test
    void itTellsHowTheModulesRun() {
        Health health = health(slot(SlotState.READY, 0));

        assertThat(health.getDetails())
                .containsEntry("modules", List.of(new SlotsHealthIndicator.Running("hsm", 2, 1)));
    }

    private static Health health(SlotStatus... statuses) {
        var all = new TreeMap<SlotId, SlotStatus>();
        for (SlotStatus status : statuses) {
            all.put(new SlotId(all.size()), status);
        }
        Slots slots = mock(Slots.class);
        when(slots.statuses()).thenReturn(all);
        var module = new ModuleStatus("hsm", Isolation.PROCESS, 2, 1, 5, false);
        return new SlotsHealthIndicator(slots, () -> List.of(module)).health();
    }

    private static SlotStatus slot(SlotState state, int hungCalls) {
        return new SlotStatus(
                state, new SessionCounts(SESSIONS, 1, 0, 0), hungCalls, 0, 0, 0, Timing.NONE, Timing.NONE);
    }
}
