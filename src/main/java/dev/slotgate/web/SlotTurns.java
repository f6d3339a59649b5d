package dev.slotgate.web;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Slots;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets the items of all batches use a slot a few at a time: who waits here costs less than who waits for a session. */
@Component
class SlotTurns {

    /** Of items: signatures gather while they wait, others for sessions. */
    private static final int AT_ONCE = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Slots slots;
    private final Map<SlotId, Semaphore> turns = new ConcurrentHashMap<>();

    SlotTurns(Slots slots) {
        this.slots = slots;
    }

    /**
     * Does work for so many items.
     *
     * @throws HsmException SLOT_NOT_FOUND, SLOT_BUSY, or whatever the work throws
     */
    <T extends @Nullable Object> T inTurn(SlotId slot, int items, Callable<T> work) throws Exception {
        if (!slots.ids().contains(slot)) {
            throw HsmException.slotNotFound(slot.toString());
        }
        Semaphore turn = turns.computeIfAbsent(slot, _ -> new Semaphore(AT_ONCE, true));
        if (!turn.tryAcquire(items, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new HsmException(HsmFailure.SLOT_BUSY, "Other batches keep the slot busy.");
        }
        try {
            return work.call();
        } finally {
            turn.release(items);
        }
    }
}
