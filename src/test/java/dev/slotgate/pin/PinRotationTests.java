package dev.slotgate.pin;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.TokenIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PinRotationTests {

    private final SlotTokens tokens = mock(SlotTokens.class);
    private final PinTable table = mock(PinTable.class);
    private final PinChanger changer = mock(PinChanger.class);
    private final PinRotation rotation = new PinRotation(
            new PinSettings(
                    List.of(
                            new PinSettings.Slot(0, Duration.ofDays(30)),
                            new PinSettings.Slot(1, Duration.ofDays(30)),
                            new PinSettings.Slot(2, null)),
                    new PinSettings.Escrow(null)),
            tokens,
            table,
            changer);

    @Test
    void aPinThatIsOldEnoughIsRotatedAndNoOther() {
        used(0, Duration.ofDays(31));
        used(1, Duration.ofDays(29));
        used(2, Duration.ofDays(400));
        rotation.rotateThoseThatAreDue();
        verify(changer).rotateUserPin(new SlotId(0));
        verify(changer, never()).rotateUserPin(new SlotId(1));
        verify(changer, never()).rotateUserPin(new SlotId(2));
    }

    @Test
    void aSlotThatCannotBeRotatedDoesNotKeepTheNextOneFromIt() {
        used(0, Duration.ofDays(31));
        used(1, Duration.ofDays(31));
        doThrow(new HsmException(HsmFailure.SLOT_BUSY, "busy")).when(changer).rotateUserPin(new SlotId(0));
        rotation.rotateThoseThatAreDue();
        verify(changer).rotateUserPin(new SlotId(1));
    }

    @Test
    void aPinThatTheGatewayDoesNotKeepIsNotRotated() {
        rotation.rotateThoseThatAreDue();
        verify(changer, never()).rotateUserPin(any());
    }

    private void used(int slot, Duration age) {
        var token = new TokenIdentity("soft", "s-" + slot, "a");
        when(tokens.of(new SlotId(slot))).thenReturn(token);
        when(table.since(token)).thenReturn(Optional.of(Instant.now().minus(age)));
    }
}
