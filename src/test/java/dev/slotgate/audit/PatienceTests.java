package dev.slotgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatienceTests {

    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void whatIsNotDoneInTimeIsAsGoodAsNotWritten() throws Exception {
        var patience = new Patience(SHORT);
        long start = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            var first = new CompletableFuture<Boolean>();
            var second = new CompletableFuture<Boolean>();
            patience.limit(first);
            patience.limit(second);
            assertThat(first.get(20, TimeUnit.SECONDS)).isFalse();
            assertThat(second.get(20, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(SHORT.multipliedBy(3));
    }

    @Test
    void whoComesLaterInTheSameMomentWaitsAsLong() throws Exception {
        var patience = new Patience(SHORT);
        patience.limit(new CompletableFuture<>());
        Thread.sleep(50);
        var later = new CompletableFuture<Boolean>();
        long start = System.nanoTime();
        patience.limit(later);
        assertThat(later.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(SHORT);
    }

    @Test
    void whatIsWrittenStaysSo() throws Exception {
        var patience = new Patience(SHORT);
        var written = CompletableFuture.completedFuture(true);
        var late = new CompletableFuture<Boolean>();
        patience.limit(written);
        patience.limit(late);
        assertThat(late.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(written).isCompletedWithValue(true);
    }
}
