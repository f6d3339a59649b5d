package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.SlotPins;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker that runs, and the link to it. */
final class WorkerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    private static final Duration GREETING = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(10);
    /** For an answer that the worker gave at the deadline to arrive. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(20);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Process process;
    private final Link link;
    private final AtomicReference<@Nullable SlotPins> pins;
    private volatile boolean ready;
    private boolean bound;
    private boolean loggedIn;
    private boolean counted;

    private WorkerProcess(Process process, Link link, AtomicReference<@Nullable SlotPins> pins) {
        this.process = process;
        this.pins = pins;
        this.link = link;
    }

    /**
     * Greets it and waits for its greeting.
     *
     * @param module names the module that it is for in messages
     * @param home what it may call here, beside asking for PINs
     * @throws WireException when it does not greet; it is ended then
     */
    static WorkerProcess greet(NewWorker worker, String module, Handlers home) {
        var pins = new AtomicReference<@Nullable SlotPins>();
        PortOperations.serve(
                home, SlotPins.class, () -> Objects.requireNonNull(pins.get(), "a worker that may use no PIN yet"));
        try {
            Link link = Link.start("worker of " + module, worker.channel(), home, GREETING);
            return new WorkerProcess(worker.process(), link, pins);
        } catch (RuntimeException e) {
            worker.process().destroyForcibly();
            throw e;
        }
    }

    /** What it can be told; each call must be answered in time. */
    WorkerControl control(Duration patience) {
        return port(WorkerControl.class, patience);
    }

    /** A port of its module. */
    <P> P port(Class<P> port, Duration patience) {
        return PortOperations.remote(port, (call, arguments) -> link.call(call.operation(), arguments, patience));
    }

    /**
     * Calls its module, which keeps the deadline itself.
     *
     * @param end of the time that the caller has, as {@link System#nanoTime} tells it
     */
    @Nullable
    Object call(PortCall call, @Nullable Object[] arguments, long end) {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime())).plus(ON_THE_WAY);
        return link.call(call.operation(), arguments, left);
    }

    /** What it may log in with; nothing until then. */
    void mayUse(SlotPins known) {
        pins.set(known);
    }

    /** True the first time. */
    boolean bindingDue() {
        boolean due = !bound;
        bound = true;
        return due;
    }

    /** True the first time. */
    boolean logInDue() {
        boolean due = !loggedIn;
        loggedIn = true;
        return due;
    }

    /** It can be called. */
    void nowReady() {
        ready = true;
    }

    boolean isReady() {
        return ready;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What is run then does not fail.
    void whenLost(Runnable then) {
        link.lost().thenRun(then);
    }

    /** Its numbers are taken for good. */
    void count() {
        counted = true;
    }

    boolean isCounted() {
        return counted;
    }

    boolean hasEnded() {
        return link.hasEnded();
    }

    /** The number of the process. */
    long number() {
        return process.pid();
    }

    Link link() {
        return link;
    }

    /**
     * Lets it finish its calls, for a bounded time, before it ends.
     *
     * @param answers whether its module can be told to stop
     */
    void retire(Duration patience, boolean answers) {
        await(() -> link.outstanding() == 0 || hasEnded(), patience);
        if (answers) {
            stop();
        }
        kill();
    }

    /** Waits for its end, for a bounded time. */
    void awaitEnd(Duration patience) {
        await(this::hasEnded, patience);
    }

    private static void await(BooleanSupplier over, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!over.getAsBoolean() && System.nanoTime() < end) {
            pause();
        }
    }

    private void stop() {
        try {
            control(STOP).stop();
            link.close();
            process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (LinkLost | AnswerLate | HsmException e) {
            LOG.debug("A worker did not stop by itself: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        process.destroyForcibly();
        link.close();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
