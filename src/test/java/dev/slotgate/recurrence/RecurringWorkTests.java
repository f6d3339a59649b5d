package dev.slotgate.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecurringWorkTests {

    private static final Duration SOON = Duration.ofMillis(1);

    private final CountDownLatch thrice = new CountDownLatch(3);
    private final AtomicInteger times = new AtomicInteger();
    private final RecurringWork work = new RecurringWork(List.of(
            () -> new Recurrence(
                    () -> {
                        throw new IllegalStateException("the first one always fails");
                    },
                    SOON),
            () -> new Recurrence(
                    () -> {
                        times.incrementAndGet();
                        thrice.countDown();
                    },
                    SOON)));

    @AfterEach
    void end() {
        work.stop();
    }

    @Test
    void comesAgainWhateverBecomesOfOthers() throws InterruptedException {
        work.start();

        assertThat(thrice.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(work.isRunning()).isTrue();
    }

    @Test
    void waitsForTheStart() {
        assertThat(work.isRunning()).isFalse();
        assertThat(times).hasValue(0);
    }

    @Test
    void isWaitedForWhenItIsUnderWayAtTheStop() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var done = new AtomicInteger();
        var slow = new RecurringWork(List.of(() -> new Recurrence(
                () -> {
                    begun.countDown();
                    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                    done.incrementAndGet();
                },
                SOON)));
        slow.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        slow.stop();

        assertThat(done).hasPositiveValue();
    }

    @Test
    void canBeStartedAgain() throws InterruptedException {
        work.start();
        work.stop();

        work.start();

        assertThat(thrice.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void comesNoMoreAfterTheStop() throws InterruptedException {
        var never = new AtomicInteger();
        var later = new RecurringWork(List.of(() -> new Recurrence(never::incrementAndGet, Duration.ofMillis(200))));
        later.start();

        later.stop();
        Thread.sleep(400);

        assertThat(later.isRunning()).isFalse();
        assertThat(never).hasValue(0);
    }

    @Test
    void comesAgainAfterAFailure() throws InterruptedException {
        var failures = new CountDownLatch(3);
        var failing = new RecurringWork(List.of(() -> new Recurrence(
                () -> {
                    failures.countDown();
                    throw new AssertionError("again");
                },
                SOON)));

        failing.start();

        assertThat(failures.await(10, TimeUnit.SECONDS)).isTrue();
        failing.stop();
    }
}
