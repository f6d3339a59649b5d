package dev.slotgate.ops;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import java.time.Duration;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/** What the slots looked like within the last second, so that one scrape asks once and not for each of its numbers. */
final class SlotStatuses {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Slots slots;
    private final LongSupplier nanos;
    private Snapshot last;

    SlotStatuses(Slots slots, LongSupplier nanos) {
        this.slots = slots;
        this.nanos = nanos;
        this.last = snapshot();
    }

    synchronized SortedMap<SlotId, SlotStatus> get() {
        if (nanos.getAsLong() - last.takenAt >= FRESH_NANOS) {
            last = snapshot();
        }
        return last.statuses;
    }

    private Snapshot snapshot() {
        return new Snapshot(nanos.getAsLong(), slots.statuses());
    }

    private record Snapshot(long takenAt, SortedMap<SlotId, SlotStatus> statuses) {}
}
