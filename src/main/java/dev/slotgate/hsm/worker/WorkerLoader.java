package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleLoader;
import dev.slotgate.hsm.ModuleSpec;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Loads modules into processes of their own. */
@Component
public final class WorkerLoader implements ModuleLoader {

    private final Optional<EarlyWorker> early;

    /** @param early for the first module */
    public WorkerLoader(Optional<EarlyWorker> early) {
        this.early = early;
    }

    @Override
    public Isolation isolation() {
        return Isolation.PROCESS;
    }

    @Override
    public HsmModule load(ModuleSpec spec, ModuleHome home) {
        return new WorkerModule(spec, home, early.flatMap(EarlyWorker::take).orElse(null));
    }
}
