package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure.Meaning;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.PinState;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The slots of a module as its workers see them together; without a worker, as they were seen last. */
final class WorkerSlots implements Slots {

    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final PinFlags NO_FLAGS = new PinFlags(false, false, false);

    private final Map<SlotId, SlotBinding> bindings;
    private final Seats seats;
    private final Census census;
    private final Slots oneWorker;
    private final Map<SlotId, Slot> lastSeen = new ConcurrentHashMap<>();

    /** @param oneWorker brings a call to one of the workers */
    WorkerSlots(List<SlotBinding> bindings, Seats seats, Census census, Slots oneWorker) {
        this.bindings = bindings.stream().collect(Collectors.toMap(SlotBinding::id, binding -> binding));
        this.seats = seats;
        this.census = census;
        this.oneWorker = oneWorker;
    }

    /** @throws HsmException SLOT_NOT_FOUND */
    SlotBinding binding(SlotId slot) {
        SlotBinding binding = bindings.get(slot);
        if (binding == null) {
            throw HsmException.slotNotFound(slot.toString());
        }
        return binding;
    }

    @Override
    public SortedMap<SlotId, SlotStatus> statuses() {
        List<WorkerProcess> sitting = seats.taken();
        askAll(sitting);
        return census.of(sitting, bindings.keySet());
    }

    @Override
    public Slot get(SlotId slot) {
        SlotBinding binding = binding(slot);
        Slot seen;
        try {
            seen = oneWorker.get(slot);
            lastSeen.put(slot, seen);
        } catch (HsmException e) {
            if (e.failure().meaning() != Meaning.UNAVAILABLE) {
                throw e;
            }
            seen = lastSeen.getOrDefault(slot, neverSeen(binding));
        }
        return with(seen, Objects.requireNonNull(statuses().get(slot)));
    }

    /** At the same time, so that those that are late do not add up. */
    private void askAll(List<WorkerProcess> sitting) {
        List<Thread> threads = sitting.stream()
                .map(worker -> Thread.startVirtualThread(() -> ask(worker)))
                .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** One that does not answer at once is known by what it said last. */
    private void ask(WorkerProcess worker) {
        try {
            census.note(worker, worker.port(Slots.class, PATIENCE).statuses());
        } catch (AnswerLate | LinkLost | HsmException e) {
            // The supervisor looks after it.
        }
    }

    private static Slot with(Slot seen, SlotStatus now) {
        return new Slot(
                seen.id(),
                seen.automatic(),
                seen.label(),
                seen.serial(),
                seen.uri(),
                seen.manufacturer(),
                seen.model(),
                seen.hardwareVersion(),
                seen.firmwareVersion(),
                now.state(),
                seen.pinState(),
                seen.userPin(),
                seen.soPin(),
                seen.minPinLength(),
                seen.maxPinLength(),
                now.sessions());
    }

    private static Slot neverSeen(SlotBinding binding) {
        TokenIdentity token = binding.lastSeen();
        return new Slot(
                binding.id(),
                binding.automatic(),
                token.label(),
                token.serial(),
                "pkcs11:",
                "",
                "",
                "",
                "",
                dev.slotgate.hsm.SlotState.DEGRADED,
                PinState.OK,
                NO_FLAGS,
                NO_FLAGS,
                0,
                0,
                new dev.slotgate.hsm.SessionCounts(0, 0, 0, 0));
    }
}
