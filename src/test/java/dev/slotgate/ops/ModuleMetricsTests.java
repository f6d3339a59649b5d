package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.ModuleStatus;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleMetricsTests {

    private final List<ModuleStatus> statuses = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void everyNumberOfAModuleHasItsMeter() {
        statuses.add(new ModuleStatus("hsm", Isolation.PROCESS, 3, 2, 7, false));
        bind();

        assertThat(gauge("slotgate.workers", "hsm")).isEqualTo(3);
        assertThat(gauge("slotgate.workers.running", "hsm")).isEqualTo(2);
        assertThat(starts("hsm")).isEqualTo(7);
        assertThat(registry.getMeters())
                .hasSize(3)
                .extracting(Meter::getId)
                .allSatisfy(meter -> assertThat(meter.getDescription()).isNotEmpty());
    }

    @Test
    void modulesAreToldApart() {
        statuses.add(new ModuleStatus("hsm", Isolation.PROCESS, 2, 2, 2, false));
        statuses.add(new ModuleStatus("soft", Isolation.IN_PROCESS, 1, 1, 1, false));
        bind();

        assertThat(gauge("slotgate.workers", "hsm")).isEqualTo(2);
        assertThat(gauge("slotgate.workers", "soft")).isEqualTo(1);
    }

    @Test
    void aWorkerThatIsReplacedShowsInTheNextScrape() {
        statuses.add(new ModuleStatus("hsm", Isolation.PROCESS, 1, 1, 1, false));
        bind();

        statuses.set(0, new ModuleStatus("hsm", Isolation.PROCESS, 1, 0, 2, false));

        assertThat(gauge("slotgate.workers.running", "hsm")).isZero();
        assertThat(starts("hsm")).isEqualTo(2);
    }

    private void bind() {
        new ModuleMetrics(() -> statuses).bindTo(registry);
    }

    private double gauge(String name, String module) {
        return registry.get(name).tag("module", module).gauge().value();
    }

    private double starts(String module) {
        return registry.get("slotgate.worker.starts")
                .tag("module", module)
                .functionCounter()
                .count();
    }
}
