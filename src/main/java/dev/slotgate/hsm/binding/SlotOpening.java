package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.StartRefused;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way of slots from modules that are loaded to tokens that are logged in to, beside everything else that a start does:
 * most of it is to wait for the tokens.
 */
final class SlotOpening implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final SlotHost host;
    private final SlotReadiness readiness;
    private final FutureTask<Void> opening;

    /** @param steps what is done; when one fails, the host has no slots */
    SlotOpening(SlotHost host, SlotReadiness readiness, Runnable steps) {
        this.host = host;
        this.readiness = readiness;
        opening = new FutureTask<>(() -> run(host, steps), null);
        Thread.ofPlatform().name("slots-opening").daemon().start(opening);
    }

    private static void run(SlotHost host, Runnable steps) {
        try {
            steps.run();
        } catch (RuntimeException | Error e) {
            host.giveUp(e);
            throw e;
        }
    }

    /** Whose slots are perhaps still to come: calls of them wait. */
    SlotHost host() {
        return host;
    }

    /**
     * Waits until the slots are open.
     *
     * @param watchers are told of each slot that is ready, also of those that were before
     * @throws StartRefused when there will be none
     */
    void finish(List<SlotWatcher> watchers) {
        readiness.watchedBy(watchers);
        try {
            opening.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused("The start was interrupted.");
        }
    }

    /**
     * Has the modules unloaded; when the start has failed elsewhere, what is under way has ten seconds for its end: a refused
     * PIN is written down by then.
     */
    @Override
    public void close() {
        letEnd();
        host.close();
    }

    private void letEnd() {
        try {
            opening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Nobody needs it any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
