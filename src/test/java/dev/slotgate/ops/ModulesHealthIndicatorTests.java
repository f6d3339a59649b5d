package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.ModuleStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ModulesHealthIndicatorTests {

    private static final ModuleStatus WORKS = new ModuleStatus("soft", Isolation.IN_PROCESS, 1, 1, 1, false);
    private static final ModuleStatus STUCK = new ModuleStatus("hsm", Isolation.IN_PROCESS, 1, 1, 2, true);

    @Test
    void itIsDownWhenAModuleIsStuckAndSaysWhichAndWhy() {
        Health health = health(WORKS, STUCK);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .containsOnlyKeys("hsm")
                .containsEntry(
                        "hsm",
                        "a call of module hsm hangs and it cannot be initialised again: only a new process helps");
    }

    @Test
    void itIsUpAsLongAsNoneIs() {
        assertThat(health(WORKS).getStatus()).isEqualTo(Status.UP);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aModuleWithoutAnyWorkerIsNoReason() {
        assertThat(health(new ModuleStatus("hsm", Isolation.PROCESS, 2, 0, 9, false))
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    private static Health health(ModuleStatus... statuses) {
        return new ModulesHealthIndicator(() -> List.of(statuses)).health();
    }
}
