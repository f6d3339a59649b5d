package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.Timing;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;

@ExtendWith(OutputCaptureExtension.class)
class UnfinishedKeysTests {

    private static final SlotId SLOT = new SlotId(3);
    private static final SlotId LOCKED = new SlotId(4);
    private static final TokenIdentity TOKEN = new TokenIdentity("soft", "s-a", "a");
    private static final TokenIdentity BEHIND_LOCK = new TokenIdentity("soft", "s-b", "b");
    private static final PlannedKey ONE = new PlannedKey("change-1", KeyPlan.MAKE_PRIVATE_KEY, "s-a", new KeyId("aa"));
    private static final PlannedKey TWO = new PlannedKey("change-2", KeyPlan.MAKE_SECRET_KEY, "s-a", new KeyId("bb"));

    private final Slots slots = mock(Slots.class);
    private final SlotTokens tokens = mock(SlotTokens.class);
    private final Keys keys = mock(Keys.class);
    private final PlannedKeys planned = mock(PlannedKeys.class);
    private final KeyRotation rotation = mock(KeyRotation.class);
    private final UnfinishedKeys unfinished =
            new UnfinishedKeys(slots, tokens, keys, planned, rotation, mock(KeyListings.class));

    @Test
    void aKeyThatIsThereIsKeptAndOneThatIsNotIsForgotten() {
        when(planned.unsettled(TOKEN)).thenReturn(List.of(ONE, TWO));
        when(keys.settle(SLOT, ONE.id(), KeyClass.PRIVATE)).thenReturn(true);
        when(keys.settle(SLOT, TWO.id(), KeyClass.SECRET)).thenReturn(false);

        unfinished.becameReady(SLOT, TOKEN);

        verify(planned).done(ONE);
        verify(planned, never()).notMade(ONE);
        verify(planned).notMade(TWO);
        verify(planned, never()).done(TWO);
    }

    @Test
    void aDestructionThatWasCutShortIsCompleted() {
        var destruction = new PlannedKey("change-3", KeyPlan.DESTROY_KEY, "s-a", new KeyId("cc"));
        var gone = new PlannedKey("change-4", KeyPlan.DESTROY_KEY, "s-a", new KeyId("dd"));
        when(planned.unsettled(TOKEN)).thenReturn(List.of(destruction, gone));
        doThrow(HsmException.keyNotFound(SLOT, "dd")).when(keys).destroy(SLOT, gone.id());

        unfinished.becameReady(SLOT, TOKEN);

        verify(keys).destroy(SLOT, destruction.id());
        verify(planned).done(destruction);
        verify(planned).done(gone);
    }

    @Test
    void aNextVersionThatIsThereGetsTheLabel() {
        var next = new PlannedKey("change-5", KeyPlan.ROTATE_PRIVATE_KEY, "s-a", new KeyId("ee"));
        when(planned.unsettled(TOKEN)).thenReturn(List.of(next));
        when(keys.settle(SLOT, next.id(), KeyClass.PRIVATE)).thenReturn(true);

        unfinished.becameReady(SLOT, TOKEN);

        var order = inOrder(rotation, planned);
        order.verify(rotation).finish(SLOT, next.id());
        order.verify(planned).done(next);
    }

    @Test
    void aNextVersionWhoseLabelAnotherKeyHasGotIsNone() {
        var next = new PlannedKey("change-6", KeyPlan.ROTATE_PRIVATE_KEY, "s-a", new KeyId("ff"));
        when(planned.unsettled(TOKEN)).thenReturn(List.of(next));
        when(keys.settle(SLOT, next.id(), KeyClass.PRIVATE)).thenReturn(true);
        when(rotation.finish(SLOT, next.id()))
                .thenThrow(new HsmException(HsmFailure.LABEL_IN_USE, "label: another key has it"));

        unfinished.becameReady(SLOT, TOKEN);

        verify(keys).destroy(SLOT, next.id());
        verify(planned).notMade(next);
        verify(planned, never()).done(next);
    }

    @Test
    void whatTheTokenDoesNotSettleIsLeftForTheNextTime(CapturedOutput log) {
        when(planned.unsettled(TOKEN)).thenReturn(List.of(ONE, TWO));
        when(keys.settle(SLOT, ONE.id(), KeyClass.PRIVATE))
                .thenThrow(new HsmException(HsmFailure.SLOT_BUSY, "All sessions are in use."));
        when(keys.settle(SLOT, TWO.id(), KeyClass.SECRET)).thenReturn(true);

        unfinished.becameReady(SLOT, TOKEN);

        verify(planned, never()).done(ONE);
        verify(planned, never()).notMade(ONE);
        verify(planned).done(TWO);
        assertThat(log.getAll().lines().filter(line -> line.contains("aa")))
                .singleElement()
                .asString()
                .contains("slot 3", "All sessions are in use.");
    }

    @Test
    void whatTheDatabaseDoesNotTakeIsLeftForTheNextTime(CapturedOutput log) {
        when(planned.unsettled(TOKEN)).thenReturn(List.of(ONE));
        doThrow(new DataAccessResourceFailureException("away")).when(planned).notMade(ONE);

        assertThatCode(() -> unfinished.becameReady(SLOT, TOKEN)).doesNotThrowAnyException();
        assertThat(log.getAll()).contains("aa on slot 3 is not settled yet").doesNotContain("\tat ");
    }

    @Test
    void aDatabaseThatIsAwayIsToldInOneLine(CapturedOutput log) {
        when(planned.unsettled(TOKEN)).thenThrow(new DataAccessResourceFailureException("away"));

        assertThatCode(() -> unfinished.becameReady(SLOT, TOKEN)).doesNotThrowAnyException();
        assertThat(log.getAll().lines().filter(line -> line.contains("slot 3"))).hasSize(1);
    }

    @Test
    void nowAndThenThoseOfReadySlotsAreSettled() {
        when(slots.statuses())
                .thenReturn(new TreeMap<>(Map.of(SLOT, status(SlotState.READY), LOCKED, status(SlotState.LOCKED))));
        when(tokens.of(SLOT)).thenReturn(TOKEN);
        when(tokens.of(LOCKED)).thenReturn(BEHIND_LOCK);
        when(planned.unsettled(any())).thenReturn(List.of(ONE));
        when(keys.settle(SLOT, ONE.id(), KeyClass.PRIVATE)).thenReturn(true);

        unfinished.settleThoseOfReadySlots();

        verify(planned).done(ONE);
        verify(planned, never()).unsettled(BEHIND_LOCK);
    }

    private static SlotStatus status(SlotState state) {
        return new SlotStatus(state, new SessionCounts(8, 1, 0, 0), 0, 0, 0, 0, Timing.NONE, Timing.NONE);
    }
}
