package dev.slotgate.hsm.pkcs11;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Many callers at once, as virtual threads; fails when one of them does. */
final class Concurrently {

    private Concurrently() {}

    static void run(int callers, Callable<?> work) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<?> result : executor.invokeAll(Collections.nCopies(callers, work::call))) {
                result.get();
            }
        }
    }

    /** Callers who do their work again and again until something else is done. */
    static void beside(int callers, Callable<?> work, Runnable other) throws Exception {
        var done = new AtomicBoolean();
        Callable<?> caller = () -> {
            while (!done.get()) {
                work.call();
            }
            return true;
        };
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> results = Stream.generate(() -> executor.submit(caller))
                    .limit(callers)
                    .toList();
            try {
                other.run();
            } finally {
                done.set(true);
            }
            for (Future<?> result : results) {
                result.get();
            }
        }
    }
}
