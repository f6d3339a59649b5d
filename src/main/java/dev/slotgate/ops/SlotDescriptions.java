package dev.slotgate.ops;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.SideBySide;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.Slots;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the tokens said of themselves lately. They are asked on threads of their own, once a scrape: one that hangs holds up no
 * scrape for longer than a moment, and is known by what it said last.
 */
final class SlotDescriptions {

    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long PATIENCE_MILLIS = 250;

    private final Slots slots;
    private final LongSupplier nanos;
    private final Map<SlotId, Slot> last = new ConcurrentHashMap<>();
    private CountDownLatch asking = new CountDownLatch(0);
    private long askedAt;

    SlotDescriptions(Slots slots, LongSupplier nanos) {
        this.slots = slots;
        this.nanos = nanos;
        this.askedAt = nanos.getAsLong() - FRESH_NANOS;
    }

    /** By slot; without those that never said anything. */
    synchronized Map<SlotId, Slot> get() {
        if (nanos.getAsLong() - askedAt >= FRESH_NANOS && asking.getCount() == 0) {
            askedAt = nanos.getAsLong();
            asking = new CountDownLatch(1);
            ask(asking);
            try {
                asking.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return last;
    }

    private void ask(CountDownLatch done) {
        Thread.ofVirtual().name("pin-states").start(() -> {
            try {
                SideBySide.each(slots.ids(), this::ask);
            } finally {
                done.countDown();
            }
        });
    }

    private void ask(SlotId slot) {
        try {
            Slot now = slots.get(slot);
            if (now.state() != SlotState.ABSENT) {
                last.put(slot, now);
            }
        } catch (HsmException e) {
            last.remove(slot);
        }
    }
}
