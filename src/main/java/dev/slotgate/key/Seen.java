package dev.slotgate.key;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map as it was looked up last. One that is quickly looked up is, each time. For one that takes long callers get what was
 * seen last, at most ten times as old as a look takes, with every change that was made here; so looking takes at most a
 * fifth of the time, and who asks again and again never waits.
 */
final class Seen<K extends Comparable<K>, V> {

    private static final int TIMES = 10;

    private final Supplier<Map<K, V>> look;
    private final Duration quick;
    private final Map<K, Change<V>> changedMeanwhile = new HashMap<>();
    private SortedMap<K, V> seen = new TreeMap<>();
    private long cost;
    private long at;
    private @Nullable CompletableFuture<SortedMap<K, V>> looking;

    /** @param quick how long a look may take to be done each time */
    Seen(Supplier<Map<K, V>> look, Duration quick) {
        this.look = look;
        this.quick = quick;
    }

    /** The map, in the order of its keys; it does not change any more. */
    SortedMap<K, V> now() {
        CompletableFuture<SortedMap<K, V>> coming;
        synchronized (this) {
            long age = System.nanoTime() - at;
            boolean isFresh = cost > quick.toNanos() && age < TIMES * cost;
            if (isFresh && age < TIMES * cost / 2) {
                return seen;
            }
            coming = begin();
            if (isFresh) {
                return seen;
            }
        }
        return join(coming);
    }

    /** A change that was made here. */
    synchronized void put(K key, V value) {
        change(key, new Change<>(value));
    }

    /** A change that was made here. */
    synchronized void remove(K key) {
        change(key, new Change<>(null));
    }

    private void change(K key, Change<V> change) {
        if (looking != null) {
            changedMeanwhile.put(key, change);
        }
        var changed = new TreeMap<>(seen);
        change.apply(key, changed);
        seen = Collections.unmodifiableSortedMap(changed);
    }

    private synchronized CompletableFuture<SortedMap<K, V>> begin() {
        if (looking != null && (cost == 0 || cost > quick.toNanos())) {
            return looking;
        }
        var begun = new CompletableFuture<SortedMap<K, V>>();
        looking = begun;
        Thread.ofVirtual().start(() -> lookUp(begun));
        return begun;
    }

    private void lookUp(CompletableFuture<SortedMap<K, V>> begun) {
        long start = System.nanoTime();
        try {
            begun.complete(saw(look.get(), begun, start));
        } catch (Throwable e) {
            ended(begun);
            begun.completeExceptionally(e);
        }
    }

    private synchronized SortedMap<K, V> saw(Map<K, V> found, CompletableFuture<SortedMap<K, V>> begun, long start) {
        var all = new TreeMap<>(found);
        changedMeanwhile.forEach((key, change) -> change.apply(key, all));
        SortedMap<K, V> saw = Collections.unmodifiableSortedMap(all);
        long now = System.nanoTime();
        cost = now - start;
        // A look that another has overtaken may not know what the other found.
        if (isCurrent(begun)) {
            at = now;
            seen = saw;
            ended(begun);
        }
        return saw;
    }

    private synchronized void ended(CompletableFuture<SortedMap<K, V>> begun) {
        if (isCurrent(begun)) {
            looking = null;
            changedMeanwhile.clear();
        }
    }

    @SuppressWarnings("ReferenceEquality") // One look is told from another.
    private boolean isCurrent(CompletableFuture<SortedMap<K, V>> begun) {
        return looking == begun;
    }

    private static <T> T join(CompletableFuture<T> coming) {
        try {
            return coming.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            throw e;
        }
    }

    /** @param value null when there is none any more */
    private record Change<V>(@Nullable V value) {

        <K> void apply(K key, Map<K, V> to) {
            if (value == null) {
                to.remove(key);
            } else {
                to.put(key, value);
            }
        }
    }
}
