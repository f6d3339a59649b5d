package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure.Meaning;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.SideBySide;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenMechanisms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The slots of a module as its workers see them together; without a worker, as they were seen last. */
final class WorkerSlots implements Slots {

    private static final Duration PATIENCE = Duration.ofMillis(250);

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
    public Set<SlotId> ids() {
        return bindings.keySet();
    }

    @Override
    public SortedMap<SlotId, SlotStatus> statuses() {
        List<WorkerProcess> sitting = seats.taken();
        SideBySide.each(sitting, this::ask);
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
        SlotStatus now = Objects.requireNonNull(statuses().get(slot));
        return seen.with(now.state(), now.sessions());
    }

    @Override
    public TokenMechanisms mechanisms(SlotId slot) {
        return oneWorker.mechanisms(binding(slot).id());
    }

    /** One that does not answer at once is known by what it said last. */
    private void ask(WorkerProcess worker) {
        try {
            census.note(worker, worker.port(Slots.class, PATIENCE).statuses());
        } catch (AnswerLate | LinkLost | HsmException e) {
            // The supervisor looks after it.
        }
    }

    private static Slot neverSeen(SlotBinding binding) {
        return Slot.unknown(
                binding.id(),
                binding.automatic(),
                binding.lastSeen(),
                "pkcs11:",
                SlotState.DEGRADED,
                new SessionCounts(0, 0, 0, 0));
    }
}
