package dev.slotgate.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Records that are written together, and share one wait for the disk. */
final class Group implements Receipt {

    private final List<byte[]> contents = new ArrayList<>();
    private final CompletableFuture<Boolean> durable = new CompletableFuture<>();
    private final Duration patience;

    /** @param patience how long after its first record its callers wait */
    Group(Duration patience) {
        this.patience = patience;
    }

    void add(byte[] content) {
        if (contents.isEmpty()) {
            // One timer is cheaper than one for each. What is late is as good as not written.
            durable.completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS);
        }
        contents.add(content);
    }

    List<byte[]> contents() {
        return contents;
    }

    boolean isEmpty() {
        return contents.isEmpty();
    }

    void written() {
        durable.complete(true);
    }

    /** Nobody is to wait for it any more; it may be written later. */
    void fail() {
        durable.complete(false);
    }

    @Override
    public void await() {
        try {
            if (durable.get()) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a group is written or not", e);
        }
        throw new JournalUnavailable();
    }
}
