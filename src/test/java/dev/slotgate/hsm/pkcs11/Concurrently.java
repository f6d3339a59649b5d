package dev.slotgate.hsm.pkcs11;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
}
