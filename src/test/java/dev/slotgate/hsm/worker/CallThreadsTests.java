package dev.slotgate.hsm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallThreadsTests {

    private final CallThreads threads = new CallThreads();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void everyCallIsServedOnce() throws Exception {
        Set<Integer> served = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 20_000; i++) {
            int call = i;
            threads.execute(() -> {
                served.add(call);
                done.incrementAndGet();
            });
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> done.get() == 20_000);
        assertThat(served).hasSize(20_000);
    }

    @Test
    void callsThatHangHoldUpNoOther() throws Exception {
        var hang = new CountDownLatch(1);
        for (int i = 0; i < 200; i++) {
            threads.execute(() -> {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        threads.execute(done::incrementAndGet);
        await().atMost(Duration.ofSeconds(20)).until(() -> done.get() == 1);
        hang.countDown();
        threads.awaitEnd(Duration.ofSeconds(20));
    }

    @Test
    void aCallThatFailsTakesNoThreadWithIt() {
        for (int i = 0; i < 5; i++) {
            threads.execute(() -> {
                throw new IllegalStateException("meant to be");
            });
        }
        threads.awaitEnd(Duration.ofSeconds(20));
        threads.execute(done::incrementAndGet);
        await().atMost(Duration.ofSeconds(20)).until(() -> done.get() == 1);
    }

    @Test
    void theEndOfWhatRunsIsAwaitedAndNoLonger() {
        threads.execute(() -> {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            done.incrementAndGet();
        });
        threads.awaitEnd(Duration.ofSeconds(20));
        assertThat(done).hasValue(1);
    }
}
