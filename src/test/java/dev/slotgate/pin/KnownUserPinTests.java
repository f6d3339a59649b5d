package dev.slotgate.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotPins;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownUserPinTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final TokenIdentity TOKEN = new TokenIdentity("soft", "1", "slot-0");

    private final SlotPins pins = mock(SlotPins.class);
    private final PinLatch latch = mock(PinLatch.class);
    private final KnownUserPin known = new KnownUserPin(pins, latch);

    @Test
    void theOneThatTheGatewayWorksWithIsFoundAndTheOthersAreWiped() {
        Pin current = pin("current-pin");
        Pin other = pin("another-pin");
        when(pins.userPins(SLOT, TOKEN)).thenReturn(List.of(current, other));

        assertThat(known.find(SLOT, TOKEN)).containsSame(current);
        assertThat(current.matches(pin("current-pin"))).isTrue();
        assertThat(other.matches(pin("another-pin"))).isFalse();
    }

    @Test
    void oneThatTheTokenRefusedIsNotFound() {
        Pin refused = pin("refused-pin");
        when(pins.userPins(SLOT, TOKEN)).thenReturn(List.of(refused));
        when(latch.holds(eq(TOKEN), any())).thenReturn(true);

        assertThat(known.find(SLOT, TOKEN)).isEqualTo(Optional.empty());
        assertThat(refused.matches(pin("refused-pin"))).as("it is wiped").isFalse();
    }

    private static Pin pin(String text) {
        return new Pin(text.toCharArray());
    }
}
