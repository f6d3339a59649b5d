package dev.slotgate.hsm.worker;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The process of the first worker, which starts beside the gateway: most of the time that a worker takes to be ready is the
 * start of its JVM, and the gateway waited for it. One that nobody takes ends by itself.
 */
public final class EarlyWorker {

    private final AtomicReference<@Nullable CompletableFuture<NewWorker>> process;

    EarlyWorker() {
        process = new AtomicReference<>(CompletableFuture.supplyAsync(EarlyWorker::start, Thread::startVirtualThread));
    }

    private static NewWorker start() {
        try {
            return NewWorker.start(_ -> {});
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** The process, perhaps still to come, for the first who asks. */
    Optional<CompletableFuture<NewWorker>> take() {
        return Optional.ofNullable(process.getAndSet(null));
    }
}
