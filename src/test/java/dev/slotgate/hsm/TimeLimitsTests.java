package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimeLimitsTests {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void whatIsNotDoneInTimeIsCancelledAndNotBefore() {
        long start = System.nanoTime();
        var future = new CompletableFuture<String>();
        TimeLimits.set(future, SHORT);

        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void anEndThatMovesIsLookedAtAnew() {
        long start = System.nanoTime();
        var looks = new AtomicInteger();
        var future = new CompletableFuture<String>();
        TimeLimits.set(future, () -> looks.incrementAndGet() < 10 ? System.nanoTime() + SHORT.toNanos() : start);

        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThat(looks).hasValue(10);
    }

    @Test
    void whatIsDoneInTimeKeepsItsResult() throws Exception {
        var done = new CompletableFuture<String>();
        TimeLimits.set(done, SHORT);
        done.complete("done");

        var later = new CompletableFuture<String>();
        TimeLimits.set(later, SHORT.multipliedBy(2));
        assertThatThrownBy(later::get).isInstanceOf(CancellationException.class);

        assertThat(done.get()).isEqualTo("done");
    }

    @Test
    void aLongLimitDoesNotHoldUpAShortOne() {
        TimeLimits.set(new CompletableFuture<>(), LONG);
        var soon = new CompletableFuture<String>();
        TimeLimits.set(soon, SHORT);

        assertThatThrownBy(soon::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void workThatHasNotBegunAtItsLimitIsNeverDone() {
        var task = new FutureTask<>(() -> "done");
        TimeLimits.set(task, SHORT);

        assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
        task.run();
        assertThat(task.isCancelled()).isTrue();
    }

    @Test
    void whatCannotBeCancelledIsTriedAgainAndHoldsUpNoOther() {
        var tries = new AtomicInteger();
        var stubborn = new CompletableFuture<String>() {
            @Override
            public boolean cancel(boolean interrupt) {
                if (tries.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("for once");
                }
                return super.cancel(interrupt);
            }
        };
        TimeLimits.set(stubborn, SHORT);
        var other = new CompletableFuture<String>();
        TimeLimits.set(other, SHORT);

        assertThatThrownBy(other::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(stubborn::get).isInstanceOf(CancellationException.class);
        assertThat(tries).hasValue(2);
    }

    @Test
    void noneOfManyThatAreSetAtOnceIsForgotten() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<Object>> futures =
                    Stream.generate(CompletableFuture::new).limit(100).toList();
            futures.forEach(future -> Thread.startVirtualThread(() -> TimeLimits.set(future, Duration.ofMillis(5))));

            for (CompletableFuture<Object> future : futures) {
                assertThat(future.handle((_, failure) -> failure).get(20, TimeUnit.SECONDS))
                        .isInstanceOf(CancellationException.class);
            }
        }
    }
}
