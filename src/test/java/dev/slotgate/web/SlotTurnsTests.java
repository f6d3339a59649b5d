package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Slots;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotTurnsTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final SlotId OTHER = new SlotId(1);

    private final Slots slots = mock(Slots.class);
    private final SlotTurns turns = new SlotTurns(slots);

    @BeforeEach
    void twoSlots() {
        when(slots.ids()).thenReturn(Set.of(SLOT, OTHER));
    }

    @Test
    void aTurnTakesAsMuchRoomAsItHasItems() throws Exception {
        var end = new CountDownLatch(1);
        var begun = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 5; i++) {
            threads.add(Thread.startVirtualThread(() -> hold(end, begun)));
        }
        await().until(() -> begun.get() == 4);
        assertThat(turns.inTurn(OTHER, 1, () -> "free")).isEqualTo("free");
        assertThat(begun).hasValue(4);

        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(begun).hasValue(5);
        assertThat(turns.inTurn(SLOT, 64, () -> "all of it")).isEqualTo("all of it");
    }

    private void hold(CountDownLatch end, AtomicInteger begun) {
        try {
            turns.inTurn(SLOT, 16, () -> {
                begun.incrementAndGet();
                end.await();
                return true;
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatFailsGivesItsRoomBack() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> turns.inTurn(SLOT, 16, () -> {
                        throw new HsmException(HsmFailure.KEY_NOT_FOUND, "There is none.");
                    }));
        }
        assertThat(turns.inTurn(SLOT, 64, () -> "free")).isEqualTo("free");
    }

    @Test
    void aSlotThatIsNotThereHasNone() {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> turns.inTurn(new SlotId(7), 1, () -> "none"))
                .returns(HsmFailure.SLOT_NOT_FOUND, HsmException::failure);
    }
}
