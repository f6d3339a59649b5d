package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.after;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecoveryTests {

    private final Recovery.Steps slot = mock(Recovery.Steps.class);
    private final Recovery recovery = new Recovery("0", slot);

    @BeforeEach
    void theModuleWasInitialisedLongAgo() {
        when(slot.nanosSinceRestart()).thenReturn(Duration.ofHours(1).toNanos());
    }

    @AfterEach
    void stop() {
        recovery.stop();
    }

    @Test
    void failuresBetweenSuccessesAreNoTrouble() {
        for (int i = 0; i < 100; i++) {
            fail(2);
            recovery.succeeded();
        }

        verifyNoInteractions(slot);
        assertThat(recovery.isOpen()).isFalse();
    }

    @Test
    void severalFailuresInARowResetTheSlotWhileItsCallersGoOn() {
        fail(3);

        verify(slot, timeout(1000)).reset();
        recovery.check();
    }

    @Test
    void callersOfTheFirstMomentWaitForTheFirstProbe() {
        when(slot.works()).thenReturn(true);
        fail(6);

        recovery.check();
        assertThat(recovery.isOpen()).isFalse();
    }

    @Test
    void aResetThatDoesNotWorkOpensTheCircuit() {
        doThrow(new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "gone"))
                .when(slot)
                .reset();
        fail(3);

        await().until(recovery::isOpen);
    }

    @Test
    void whatAResetDidNotMendIsProbedAndNobodyElseCallsIt() {
        when(slot.works()).thenReturn(false);
        fail(6);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(recovery::check)
                .returns(HsmFailure.TOKEN_UNAVAILABLE, HsmException::failure);
        when(slot.works()).thenReturn(true);
        await().until(() -> !recovery.isOpen());
        recovery.check();
    }

    @Test
    void aProbeThatFindsNothingWrongLeavesTheModuleAlone() {
        when(slot.works()).thenReturn(true);
        fail(6);

        await().until(() -> !recovery.isOpen());
        verify(slot, never()).restartModule();
    }

    @Test
    void troubleThatGoesOnThoughTheProbeFindsNothingWrongHasTheModuleInitialisedAgain() {
        when(slot.works()).thenReturn(true);
        await().until(() -> {
            fail(6);
            await().until(() -> !recovery.isOpen());
            return !mockingDetails(slot).getInvocations().stream()
                    .filter(call -> call.getMethod().getName().equals("restartModule"))
                    .toList()
                    .isEmpty();
        });
        verify(slot).restartModule();
    }

    @Test
    void aTokenThatStaysAwayHasTheModuleInitialisedAgainFromTimeToTime() {
        when(slot.works()).thenReturn(false);
        recovery.open();

        verify(slot, timeout(5000)).restartModule();
        when(slot.nanosSinceRestart()).thenReturn(0L);
        verify(slot, after(1500)).restartModule();
    }

    @Test
    void aResetThatOnlyFoundTheSlotBusyIsNoTrouble() {
        doThrow(new HsmException(HsmFailure.SLOT_BUSY, "busy")).when(slot).reset();
        fail(3);

        verify(slot, timeout(1000)).reset();
        assertThat(recovery.isOpen()).isFalse();
    }

    @Test
    void aRestartThatDoesNotWorkEndsNothing() {
        var restarted = new AtomicBoolean();
        doAnswer(_ -> {
                    restarted.set(true);
                    throw new HsmException(HsmFailure.SLOT_BUSY, "busy");
                })
                .when(slot)
                .restartModule();
        when(slot.works()).thenAnswer(_ -> restarted.get());
        fail(6);

        await().until(() -> !recovery.isOpen());
        verify(slot, atLeastOnce()).restartModule();
    }

    @Test
    void aStoppedRecoveryProbesNoMore() {
        recovery.stop();
        fail(6);

        assertThat(recovery.isOpen()).isFalse();
        verify(slot, never()).works();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            recovery.failed();
        }
    }
}
