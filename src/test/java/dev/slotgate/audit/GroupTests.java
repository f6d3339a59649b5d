package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int THREADS = 8;

    @Test
    void whatIsAddedWhileItIsClosedIsInItOrRefused() throws InterruptedException {
        for (int round = 0; round < 500; round++) {
            var group = new Group(new Patience(PATIENCE), () -> {});
            Queue<String> added = new ConcurrentLinkedQueue<>();
            List<Thread> threads = IntStream.range(0, THREADS)
                    .mapToObj(thread -> Thread.ofVirtual().start(() -> {
                        for (int i = 0; addedTo(group, thread + "." + i); i++) {
                            added.add(thread + "." + i);
                        }
                    }))
                    .toList();
            while (group.size() < round) {
                Thread.onSpinWait();
            }
            List<String> contents = texts(group.close());
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(contents).containsExactlyInAnyOrderElementsOf(added);
            assertThat(group.size()).isZero();
        }
    }

    @Test
    void itsRecordsAreInTheOrderInWhichTheyWereAdded() {
        var group = new Group(new Patience(PATIENCE), () -> {});
        var numbers = new ArrayList<String>();
        for (int i = 1; i <= 100; i++) {
            assertThat(addedTo(group, String.valueOf(i))).isTrue();
            assertThat(group.size()).isEqualTo(i);
            numbers.add(String.valueOf(i));
        }
        assertThat(texts(group.close())).isEqualTo(numbers);
    }

    private static boolean addedTo(Group group, String text) {
        return group.add(text.getBytes(StandardCharsets.US_ASCII)) > 0;
    }

    private static List<String> texts(Group closed) {
        return closed.contents().stream()
                .map(content -> new String(content, StandardCharsets.US_ASCII))
                .toList();
    }
}
