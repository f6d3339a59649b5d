package dev.slotgate.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import dev.slotgate.audit.Refusals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StrangersTests {

    private static final int MANY = 64;

    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void ofOneSourceOnlySomeMayBeUnknownAtOnce() throws Exception {
        var strangers = new Strangers(mock(Refusals.class), Duration.ofMinutes(1));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            threads.add(Thread.ofVirtual().start(() -> introduceSlowly(strangers)));
        }
        await().until(() -> waiting.get() == MANY);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> strangers.introduced(SocketChannel.open(), "here", () -> "one more"))
                .withMessageContaining("here");
        assertThat(strangers.introduced(SocketChannel.open(), "there", () -> "known"))
                .isEqualTo("known");
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(strangers.introduced(SocketChannel.open(), "here", () -> "known"))
                .isEqualTo("known");
    }

    @Test
    void whoeverTakesTooLongIsCutOff() throws Exception {
        var strangers = new Strangers(mock(Refusals.class), Duration.ofMillis(50));
        SocketChannel client = SocketChannel.open();

        strangers.introduced(client, "here", () -> {
            await().until(() -> !client.isOpen());
            return "late";
        });

        assertThat(client.isOpen()).isFalse();
    }

    private void introduceSlowly(Strangers strangers) {
        try (SocketChannel client = SocketChannel.open()) {
            strangers.introduced(client, "here", () -> {
                waiting.incrementAndGet();
                awaitGo();
                return "known";
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitGo() {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
