package dev.slotgate.ops;

import dev.slotgate.hsm.ModuleStatus;
import dev.slotgate.hsm.Modules;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import java.util.Collection;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Ready as long as one slot is: a single locked, absent or degraded one is no reason to take the gateway out of service. It
 * is one when more than half of all sessions hang in calls that do not come back: only a new process is rid of them.
 */
@Component("slots")
class SlotsHealthIndicator implements HealthIndicator {

    private final Slots slots;
    private final Modules modules;

    SlotsHealthIndicator(Slots slots, Modules modules) {
        this.slots = slots;
        this.modules = modules;
    }

    @Override
    public Health health() {
        Collection<SlotStatus> all = slots.statuses().values();
        long ready =
                all.stream().filter(slot -> slot.state() == SlotState.READY).count();
        int sessions = all.stream().mapToInt(slot -> slot.sessions().max()).sum();
        int hung = all.stream().mapToInt(SlotStatus::hungCalls).sum();
        Health.Builder health = ready > 0 && 2 * hung <= sessions ? Health.up() : Health.outOfService();
        return health.withDetail("ready", ready)
                .withDetail("slots", all.size())
                .withDetail("hungCalls", hung)
                .withDetail(
                        "modules", modules.statuses().stream().map(Running::of).toList())
                .build();
    }

    /** What is told of a module. */
    record Running(String name, int workers, int running) {

        private static Running of(ModuleStatus module) {
            return new Running(module.name(), module.workers(), module.running());
        }
    }
}
