package dev.slotgate.hsm.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TokenCallsTests {

    private static final SlotId SLOT = new SlotId(2);
    private static final KeyId KEY = KeyId.random();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HsmModule module = mock(HsmModule.class);
    private final RoutedSlots slots = new RoutedSlots(
            CompletableFuture.completedFuture(Map.of(SLOT, module)), new TokenCalls(meters, Traces.OFF));

    @Test
    void aCallIsTimedByOperationAndSlotWhateverBecomesOfIt() {
        Signer token = mock(Signer.class);
        when(module.signer()).thenReturn(token);
        when(token.sign(any(), any(), any(), any()))
                .thenReturn(new byte[] {1})
                .thenThrow(new HsmException(HsmFailure.SLOT_BUSY, "busy"));
        Signer signer = slots.route(Signer.class, HsmModule::signer);

        assertThat(sign(signer)).containsExactly(1);
        assertThatExceptionOfType(HsmException.class).isThrownBy(() -> sign(signer));

        assertThat(meters.get("slotgate.token.call")
                        .tags("operation", "signer.sign", "slot", "2")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void whatMayBeAnsweredFromMemoryIsNoCallOfAToken() {
        when(module.keys()).thenReturn(mock(Keys.class));
        slots.route(Keys.class, HsmModule::keys).find(SLOT, "label");

        assertThat(meters.find("slotgate.token.call").timers()).isEmpty();
    }

    @Test
    void aSlotThatIsNotThereMakesNoMeter() {
        Signer signer = slots.route(Signer.class, HsmModule::signer);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> signer.sign(new SlotId(7), KEY, SignatureAlgorithm.ES256, new byte[32]));
        assertThat(meters.getMeters()).isEmpty();
    }

    private static byte[] sign(Signer signer) {
        return signer.sign(SLOT, KEY, SignatureAlgorithm.ES256, new byte[32]);
    }
}
