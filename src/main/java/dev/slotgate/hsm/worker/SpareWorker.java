package dev.slotgate.hsm.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker that has started and holds no module yet, so that one that is needed at once is there: most of the time that a
 * worker takes to be ready is the start of its JVM.
 */
final class SpareWorker {

    private static final Logger LOG = LoggerFactory.getLogger(SpareWorker.class);

    private static final Duration TO_ANSWER = Duration.ofSeconds(1);

    private final Start start;
    private @Nullable CompletableFuture<WorkerProcess> next;
    private boolean closed;

    SpareWorker(Start start) {
        this.start = start;
    }

    /** A worker without a module: the spare one, if it is in order. @throws IOException when none starts */
    WorkerProcess take() throws IOException {
        CompletableFuture<WorkerProcess> spare = takeNext();
        if (spare != null) {
            try {
                WorkerProcess worker = spare.join();
                if (answers(worker)) {
                    return worker;
                }
                worker.kill();
            } catch (CompletionException e) {
                LOG.debug("The spare worker did not start: {}", e.getMessage());
            }
        }
        return start.now();
    }

    /** Starts another one in the background, unless there is one. */
    synchronized void refill() {
        if (next == null && !closed) {
            var coming = new CompletableFuture<WorkerProcess>();
            next = coming;
            Thread.ofVirtual().name("worker-spare").start(() -> {
                try {
                    coming.complete(start.now());
                } catch (IOException | RuntimeException e) {
                    coming.completeExceptionally(e);
                }
            });
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A spare one that does not start needs no end.
    synchronized void close() {
        closed = true;
        if (next != null) {
            next.thenAccept(WorkerProcess::kill);
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
