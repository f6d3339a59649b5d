package dev.slotgate.ops;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import java.time.Duration;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the slots looked like within the last second, so that one scrape asks once and not for each of its numbers. */
final class SlotStatuses {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Slots slots;
    private final LongSupplier nanos;
    /** None before the first look, which waits for slots that are still being opened. */
    private @Nullable Snapshot last;

    SlotStatuses(Slots slots, LongSupplier nanos) {
        this.slots = slots;
        this.nanos = nanos;
    }

    synchronized SortedMap<SlotId, SlotStatus> get() {
        Snapshot known = last;
        if (known == null || nanos.getAsLong() - known.takenAt >= FRESH_NANOS) {
            known = snapshot();
            last = known;
        }
        return known.statuses;
    }

    private Snapshot snapshot() {
        return new Snapshot(nanos.getAsLong(), slots.statuses());
    }

    private record Snapshot(long takenAt, SortedMap<SlotId, SlotStatus> statuses) {}
}
