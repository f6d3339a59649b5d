package dev.slotgate.hsm;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Work on several things at once, so that none waits for another one that is slow, and those that are late do not add up. */
public final class SideBySide {

    private SideBySide() {}

    /** Does the work on each, on virtual threads, and waits for all of it; an interrupted caller does not wait on. */
    public static <T> void each(Collection<T> things, Consumer<T> work) {
        List<Thread> threads = things.stream()
                .map(thing -> Thread.startVirtualThread(() -> work.accept(thing)))
                .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
