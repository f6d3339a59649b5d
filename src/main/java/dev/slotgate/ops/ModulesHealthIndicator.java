package dev.slotgate.ops;

import dev.slotgate.hsm.ModuleStatus;
import dev.slotgate.hsm.Modules;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Alive unless a module in this process is stuck, so that whoever watches the gateway starts it anew. What is wrong with a
 * module in worker processes is no reason: those are replaced.
 */
@Component("modules")
class ModulesHealthIndicator implements HealthIndicator {

    private final Modules modules;

    ModulesHealthIndicator(Modules modules) {
        this.modules = modules;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        modules.statuses().stream()
                .filter(ModuleStatus::stuck)
                .map(ModuleStatus::name)
                .forEach(name -> health.down().withDetail(name, reason(name)));
        return health.build();
    }

    private static String reason(String module) {
        return "a call of module " + module + " hangs and it cannot be initialised again: only a new process helps";
    }
}
