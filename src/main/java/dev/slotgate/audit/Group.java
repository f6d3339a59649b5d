package dev.slotgate.audit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Records that are written together, and share one wait for the disk. Nobody holds a lock while adding: the next in a lock's queue
 * is a call's virtual thread, which gets it only when it is its turn to run, and behind many of them the journal's thread would wait
 * for seconds on a busy machine.
 */
final class Group implements Receipt {

    private static final Entry CLOSED = new Entry(new byte[0], 0, null);

    private final AtomicReference<@Nullable Entry> last = new AtomicReference<>();
    private final CompletableFuture<Boolean> durable = new CompletableFuture<>();
    private final Patience patience;
    private final Runnable whenWanted;
    private volatile boolean wanted;
    private List<byte[]> contents = List.of();

    /**
     * @param patience how long after its first record its callers wait
     * @param whenWanted has the group written
     */
    Group(Patience patience, Runnable whenWanted) {
        this.patience = patience;
        this.whenWanted = whenWanted;
    }

    /** The record's number, from 1; 0 when it was not added, since the group was closed. */
    int add(byte[] content) {
        @Nullable Entry before;
        Entry added;
        do {
            before = last.get();
            if (before != null && before.number() == CLOSED.number()) {
                return 0;
            }
            added = Entry.after(before, content);
        } while (!last.compareAndSet(before, added));
        if (before == null) {
            // What is late is as good as not written.
            patience.limit(durable);
        }
        return added.number();
    }

    /** How many were added; none any more when it was closed. */
    int size() {
        Entry newest = last.get();
        return newest == null ? 0 : newest.number();
    }

    /** It is to be written now, with what is added until it is. */
    void want() {
        if (!wanted) {
            wanted = true;
            whenWanted.run();
        }
    }

    boolean isWanted() {
        return wanted;
    }

    /** From now on nothing is added. */
    Group close() {
        Entry entry = last.getAndSet(CLOSED);
        var closed = new byte[entry == null ? 0 : entry.number()][];
        for (; entry != null; entry = entry.before()) {
            closed[entry.number() - 1] = entry.content();
        }
        contents = Arrays.asList(closed);
        return this;
    }

    /** What there is to be written, once the group is closed, for the thread that closed it. */
    List<byte[]> contents() {
        return contents;
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
        if (!durable.isDone()) {
            want();
        }
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

    /** @param number counts the group's records from 1 */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Entry(
            byte[] content, int number, @Nullable Entry before) {

        private static Entry after(@Nullable Entry before, byte[] content) {
            return new Entry(content, before == null ? 1 : before.number + 1, before);
        }
    }
}
