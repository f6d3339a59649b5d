package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SeenTests {

    private static final Duration ALWAYS_LONG = Duration.ZERO;

    private final Map<String, Integer> truth = new ConcurrentHashMap<>(Map.of("a", 1));
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whatIsQuicklyLookedUpIsEachTime() {
        var seen = new Seen<String, Integer>(this::look, Duration.ofMinutes(1));
        assertThat(seen.now()).containsExactly(Map.entry("a", 1));
        truth.put("b", 2);
        assertThat(seen.now()).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
    }

    @Test
    void whatTakesLongIsRememberedForAWhile() {
        var seen = new Seen<String, Integer>(() -> slowly(100), ALWAYS_LONG);
        assertThat(seen.now()).containsOnlyKeys("a");
        truth.put("b", 2);
        assertThat(seen.now()).containsOnlyKeys("a");
        await().atMost(Duration.ofSeconds(20)).until(() -> seen.now().containsKey("b"));
    }

    @Test
    void changesThatAreMadeHereAreSeenAtOnce() {
        var seen = new Seen<String, Integer>(() -> slowly(100), ALWAYS_LONG);
        assertThat(seen.now()).containsOnlyKeys("a");
        seen.put("c", 3);
        assertThat(seen.now()).containsOnlyKeys("a", "c");
        seen.remove("a");
        assertThat(seen.now()).containsOnlyKeys("c");
    }

    @Test
    void aLookThatBeganBeforeAChangeDoesNotUndoIt() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var seen = new Seen<String, Integer>(() -> heldAt(1, begun, go), ALWAYS_LONG);
        Thread first = Thread.ofVirtual().start(seen::now);
        begun.await();
        truth.put("made meanwhile", 4);
        truth.remove("a");
        seen.put("made meanwhile", 4);
        seen.remove("a");
        go.countDown();
        first.join();

        assertThat(seen.now()).containsOnlyKeys("made meanwhile");
    }

    @Test
    void aLookThatAnotherHasOvertakenDoesNotUndoWhatTheOtherFound() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var seen = new Seen<String, Integer>(() -> heldAt(2, begun, go), Duration.ofSeconds(1));
        seen.now();
        Thread overtaken = Thread.ofVirtual().start(seen::now);
        begun.await();
        seen.put("made here", 4);
        truth.put("made here", 4);
        assertThat(seen.now()).containsOnlyKeys("a", "made here");
        Thread.sleep(1_100);
        go.countDown();
        overtaken.join();

        // It took long, so what was seen before is told for a while.
        assertThat(seen.now()).containsOnlyKeys("a", "made here");
        assertThat(looks).hasValue(3);
    }

    @Test
    void aLookThatFailsIsToldAndTriedAgain() {
        var seen = new Seen<String, Integer>(
                () -> {
                    if (looks.incrementAndGet() == 1) {
                        throw new IllegalStateException("away");
                    }
                    return truth;
                },
                ALWAYS_LONG);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(seen::now);
        assertThat(seen.now()).containsOnlyKeys("a");
    }

    private Map<String, Integer> look() {
        looks.incrementAndGet();
        return Map.copyOf(truth);
    }

    /** A look; this one is told only when it may go. */
    private Map<String, Integer> heldAt(int look, CountDownLatch begun, CountDownLatch go) {
        Map<String, Integer> found = look();
        if (looks.get() == look) {
            begun.countDown();
            hold(go);
        }
        return found;
    }

    private Map<String, Integer> slowly(int millis) {
        Map<String, Integer> found = look();
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
