package dev.slotgate.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class PinAttemptsTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final SlotId OTHER = new SlotId(1);

    private final AtomicInteger tried = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void aCallerHasFiveWrongPinsInAQuarterOfAnHour(TestDatabase kind) {
        JdbcClient database = kind.open();
        var attempts = new PinAttempts(new WrongPins(database));
        for (int i = 0; i < 5; i++) {
            assertIsTried(attempts, "mallory", SLOT);
        }
        assertIsRefused(attempts, "mallory", SLOT);
        assertIsRefused(attempts, "mallory", OTHER);
        assertIsRefused(new PinAttempts(new WrongPins(database)), "mallory", SLOT);
        assertIsTried(attempts, "alice", SLOT);
        database.sql("update wrong_pin set tried_at = tried_at - interval '15' minute")
                .update();
        assertIsTried(attempts, "mallory", SLOT);
    }

    @ParameterizedTest
    @EnumSource
    void aSlotHasTen(TestDatabase kind) {
        var attempts = new PinAttempts(new WrongPins(kind.open()));
        for (int i = 0; i < 10; i++) {
            assertIsTried(attempts, "mallory-" + i, SLOT);
        }
        assertIsRefused(attempts, "alice", SLOT);
        assertIsTried(attempts, "alice", OTHER);
    }

    @ParameterizedTest
    @EnumSource
    void callersThatComeAtOnceHaveNoMore(TestDatabase kind) throws Exception {
        var attempts = new PinAttempts(new WrongPins(kind.open()));
        List<Callable<HsmFailure>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String caller = "mallory-" + i;
            calls.add(() -> outcome(attempts, caller));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            for (Future<HsmFailure> outcome : threads.invokeAll(calls)) {
                assertThat(outcome.get()).isIn(HsmFailure.PIN_INCORRECT, HsmFailure.TOO_MANY_ATTEMPTS);
            }
        }
        assertThat(tried).hasValue(10);
    }

    @ParameterizedTest
    @EnumSource
    void rightPinsAndFailuresOfTheTokenAreNotCounted(TestDatabase kind) {
        var attempts = new PinAttempts(new WrongPins(kind.open()));
        for (int i = 0; i < 20; i++) {
            assertThat(attempts.limited("alice", SLOT, () -> true)).isTrue();
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> attempts.limited("alice", SLOT, () -> {
                        throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "gone");
                    }))
                    .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        }
        assertIsTried(attempts, "alice", SLOT);
    }

    private HsmFailure outcome(PinAttempts attempts, String caller) {
        try {
            attempts.limited(caller, SLOT, this::wrong);
            throw new AssertionError("a wrong PIN was accepted");
        } catch (HsmException e) {
            return e.failure();
        }
    }

    private void assertIsTried(PinAttempts attempts, String caller, SlotId slot) {
        int before = tried.get();
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> attempts.limited(caller, slot, this::wrong))
                .returns(HsmFailure.PIN_INCORRECT, HsmException::failure);
        assertThat(tried).hasValue(before + 1);
    }

    private void assertIsRefused(PinAttempts attempts, String caller, SlotId slot) {
        int before = tried.get();
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> attempts.limited(caller, slot, this::wrong))
                .returns(HsmFailure.TOO_MANY_ATTEMPTS, HsmException::failure)
                .satisfies(e -> assertThat(e.retryAfter())
                        .isBetween(
                                Duration.ofMinutes(14), Duration.ofMinutes(15).plusSeconds(1)));
        assertThat(tried).as("what is refused is not tried").hasValue(before);
    }

    private boolean wrong() {
        tried.incrementAndGet();
        throw new HsmException(HsmFailure.PIN_INCORRECT, "wrong");
    }
}
