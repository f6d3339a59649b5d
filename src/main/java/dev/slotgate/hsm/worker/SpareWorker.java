package dev.slotgate.hsm.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker that has started and holds no module yet, so that one that is needed at once is there: most of the time that a
 * worker takes to be ready is the start of its JVM.
 */
final class SpareWorker {

    private static final Logger LOG = LoggerFactory.getLogger(SpareWorker.class);

    private static final Duration TO_START = Duration.ofSeconds(3);
    private static final Duration TO_ANSWER = Duration.ofSeconds(1);

    private final Start start;
    private @Nullable CompletableFuture<WorkerProcess> next;
    private boolean closed;

    /** @param first one that starts already */
    SpareWorker(Start start, @Nullable CompletableFuture<WorkerProcess> first) {
        this.start = start;
        this.next = first;
    }

    /** A worker without a module: the spare one, if it is in order. @throws IOException when none starts */
    WorkerProcess take() throws IOException {
        CompletableFuture<WorkerProcess> spare = takeNext();
        WorkerProcess worker = spare == null ? null : started(spare);
        if (worker != null && answers(worker)) {
            return worker;
        }
        if (spare != null) {
            discard(spare);
        }
        return start.now();
    }

    /** A start that takes too long may never come to an end. */
    private static @Nullable WorkerProcess started(CompletableFuture<WorkerProcess> spare) {
        try {
            return spare.get(TO_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The spare worker did not start: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // One that does not start needs no end.
    private static void discard(CompletableFuture<WorkerProcess> spare) {
        spare.thenAccept(WorkerProcess::kill);
    }

    /** Starts another one in the background after a pause, unless there is one by then. */
    void refill(Duration pause) {
        Thread.ofVirtual().name("worker-spare").start(() -> {
            try {
                Thread.sleep(pause);
                startNext();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void startNext() {
        var coming = new CompletableFuture<WorkerProcess>();
        if (!isNext(coming)) {
            return;
        }
        try {
            coming.complete(start.now());
        } catch (IOException | RuntimeException e) {
            coming.completeExceptionally(e);
        }
    }

    private synchronized boolean isNext(CompletableFuture<WorkerProcess> coming) {
        if (next != null || closed) {
            return false;
        }
        next = coming;
        return true;
    }

    synchronized void close() {
        closed = true;
        if (next != null) {
            discard(next);
            next = null;
        }
    }

    private synchronized @Nullable CompletableFuture<WorkerProcess> takeNext() {
        CompletableFuture<WorkerProcess> spare = next;
        next = null;
        return spare;
    }

    private static boolean answers(WorkerProcess worker) {
        try {
            worker.control(TO_ANSWER).answer();
            return true;
        } catch (LinkLost | AnswerLate e) {
            return false;
        }
    }

    /** Starts a worker. */
    @FunctionalInterface
    interface Start {

        WorkerProcess now() throws IOException;
    }
}
