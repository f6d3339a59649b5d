package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.ModuleHome;
import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.StartRefused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings up workers of a module: the process, the module in it, the slots, the logins. */
final class WorkerLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerLauncher.class);

    private static final Duration TO_LOAD = Duration.ofSeconds(30);
    /** A token that is in trouble keeps the others of its module waiting no longer. */
    private static final Duration TO_LOG_IN = Duration.ofSeconds(1);
    /** The gateway has enough to do while it starts and answers its first callers. */
    private static final Duration AFTER_START = Duration.ofSeconds(15);

    private final ModuleSpec spec;
    private final SpareWorker spare;
    /** Every process that has not ended, whatever has become of its worker. */
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();

    private volatile List<SlotBinding> bindings = List.of();
    private volatile boolean started;
    private volatile boolean closed;

    WorkerLauncher(ModuleSpec spec, ModuleHome home, @Nullable CompletableFuture<NewWorker> early) {
        this.spec = spec;
        this.spare = new SpareWorker(
                () -> greet(NewWorker.start(this::born), home),
                early == null ? null : early.thenApplyAsync(worker -> adopt(worker, home), Thread::startVirtualThread));
    }

    private WorkerProcess adopt(NewWorker early, ModuleHome home) {
        born(early.process());
        return greet(early, home);
    }

    private WorkerProcess greet(NewWorker worker, ModuleHome home) {
        return WorkerProcess.greet(worker, spec.name(), handlers(home));
    }

    /** The slots of every worker from now on; each opens its share of their sessions. */
    void bind(List<SlotBinding> slots) {
        bindings = slots.stream()
                .map(slot -> new SlotBinding(
                        slot.id(),
                        slot.automatic(),
                        slot.serial(),
                        slot.label(),
                        slot.lastSeen(),
                        slot.limits().withSessions(Math.ceilDiv(slot.limits().sessions(), spec.workers())),
                        slot.completion()))
                .toList();
    }

    /** From now on workers log in by themselves, and soon there is a spare one. */
    void start() {
        started = true;
        prepare(AFTER_START);
    }

    /**
     * Starts a worker and makes it as ready as all are by now.
     *
     * @param pins what it may log in with
     * @throws StartRefused when the module cannot be used; no process is left then
     */
    WorkerProcess launch(SlotPins pins) {
        WorkerProcess worker = process();
        try {
            worker.mayUse(pins);
            String refusal = worker.control(TO_LOAD).load(spec);
            if (refusal != null) {
                throw new StartRefused(refusal);
            }
            ready(worker);
            if (closed) {
                throw new StartRefused(about("the gateway is stopping"));
            }
            return worker;
        } catch (LinkLost e) {
            throw new StartRefused(about(spec.library() + " takes its process down as soon as it is used"));
        } catch (AnswerLate | HsmException e) {
            throw new StartRefused(about(spec.library() + " does not come to an end of its initialisation"));
        } finally {
            if (!worker.isReady() || closed) {
                worker.kill();
            }
        }
    }

    /** Has a process at hand for the next launch, after a pause; not while the gateway starts. */
    void prepare(Duration pause) {
        if (started) {
            spare.refill(pause);
        }
    }

    /** Binds and logs in, as far as that is due and not done; whoever seats a worker sees to it once more. */
    void ready(WorkerProcess worker) {
        synchronized (worker) {
            List<SlotBinding> due = bindings;
            if (!due.isEmpty() && worker.bindingDue()) {
                worker.control(TO_LOAD).bind(due);
            }
            if (started && worker.logInDue()) {
                logIn(worker);
            }
            worker.nowReady();
        }
    }

    private void logIn(WorkerProcess worker) {
        try {
            worker.control(TO_LOG_IN).start();
        } catch (AnswerLate e) {
            LOG.debug("Some slots of module {} are not ready yet", spec.name());
        }
    }

    /** No worker is started any more. */
    void close() {
        closed = true;
        spare.close();
    }

    /** Leaves no process behind, not even one that is stopped before it could say a word. */
    void killAll() {
        processes.forEach(Process::destroyForcibly);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // To forget a process does not fail.
    private void born(Process process) {
        processes.add(process);
        process.onExit().thenRun(() -> processes.remove(process));
        if (closed) {
            process.destroyForcibly();
        }
    }

    private WorkerProcess process() {
        try {
            return spare.take();
        } catch (IOException | WireException e) {
            throw new StartRefused(about("its worker process does not start: " + e.getMessage()));
        }
    }

    private static Handlers handlers(ModuleHome home) {
        var handlers = new Handlers();
        PortOperations.serve(handlers, PinLatch.class, home::latch);
        PortOperations.serve(handlers, SlotWatcher.class, home::watcher);
        return handlers;
    }

    private String about(String trouble) {
        return "PKCS#11 module '" + spec.name() + "': " + trouble + ".";
    }
}
