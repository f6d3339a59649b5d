package dev.slotgate.ops;

import dev.slotgate.hsm.ModuleStatus;
import dev.slotgate.hsm.Modules;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** The numbers of each module for the monitoring; the gateway has them at hand, so a scrape asks nobody. */
@Component
class ModuleMetrics implements MeterBinder {

    private static final String MODULE = "module";

    private final Modules modules;

    ModuleMetrics(Modules modules) {
        this.modules = modules;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        modules.statuses().forEach(module -> bind(module.name(), registry));
    }

    private void bind(String module, MeterRegistry registry) {
        gauge(registry, module, "workers", "Processes that the module is to run in", ModuleStatus::workers);
        gauge(registry, module, "workers.running", "Processes that the module runs in", ModuleStatus::running);
        FunctionCounter.builder("slotgate.worker.starts", modules, all -> of(module, all, ModuleStatus::starts))
                .tag(MODULE, module)
                .description("Starts of a process for the module, or its initialisations in the gateway's process")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry, String module, String name, String help, ToDoubleFunction<ModuleStatus> number) {
        Gauge.builder("slotgate." + name, modules, all -> of(module, all, number))
                .tag(MODULE, module)
                .description(help)
                .register(registry);
    }

    private static double of(String module, Modules modules, ToDoubleFunction<ModuleStatus> number) {
        return modules.statuses().stream()
                .filter(status -> status.name().equals(module))
                .mapToDouble(number)
                .findFirst()
                .orElse(Double.NaN);
    }
}
