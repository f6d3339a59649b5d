package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.StartRefused;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at tokens, and makes some ready, before slots are bound: with one worker, since the others may not learn of them. */
final class Provisioner {

    private static final Duration TO_LOAD = Duration.ofSeconds(60);

    private final ModuleSpec spec;
    private final Seats seats;
    private final Crew crew;
    private volatile @Nullable WorkerProcess knowing;

    Provisioner(ModuleSpec spec, Seats seats, Crew crew) {
        this.spec = spec;
        this.seats = seats;
        this.crew = crew;
    }

    /** @throws StartRefused when the module cannot be used */
    List<PresentToken> tokens() {
        return loaded().control(TO_LOAD).tokens();
    }

    /** @throws StartRefused when the module cannot be used */
    void provision(String label, Pin soPin, Pin userPin) {
        WorkerProcess worker = loaded();
        knowing = worker;
        worker.control(TO_LOAD).provision(label, soPin, userPin);
    }

    /** Has the workers that do not know of the tokens replaced. */
    void finish() {
        WorkerProcess one = knowing;
        if (one != null) {
            seats.taken().stream().filter(worker -> worker != one).forEach(WorkerProcess::kill);
        }
    }

    private WorkerProcess loaded() {
        WorkerProcess one = knowing;
        if (one != null && !one.hasEnded()) {
            return one;
        }
        try {
            return seats.pick(System.nanoTime() + TO_LOAD.toNanos());
        } catch (HsmException e) {
            throw new StartRefused(Objects.requireNonNullElse(
                    crew.refusal(), "PKCS#11 module '" + spec.name() + "': its worker does not start."));
        }
    }
}
