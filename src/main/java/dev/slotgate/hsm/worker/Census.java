package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.Timing;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The numbers of a module's slots, over all its workers; what was counted by those that have ended stays counted. */
final class Census {

    private final Map<WorkerProcess, SortedMap<SlotId, SlotStatus>> lastOfWorkers = new HashMap<>();
    private final Map<SlotId, SlotStatus> ofTheGone = new HashMap<>();

    /** What a worker says of its slots. */
    synchronized void note(WorkerProcess worker, SortedMap<SlotId, SlotStatus> slots) {
        if (!worker.isCounted()) {
            lastOfWorkers.put(worker, slots);
        }
    }

    /** The slots as the workers that sit know them. */
    synchronized SortedMap<SlotId, SlotStatus> of(List<WorkerProcess> sitting, Collection<SlotId> all) {
        buryTheGone(sitting);
        var sum = new TreeMap<SlotId, SlotStatus>();
        for (SlotId slot : all) {
            SlotStatus status = ofTheGone.getOrDefault(slot, nobody());
            for (WorkerProcess worker : sitting) {
                SlotStatus known =
                        lastOfWorkers.getOrDefault(worker, new TreeMap<>()).get(slot);
                status = known == null ? status : sum(known, status);
            }
            sum.put(slot, status);
        }
        return sum;
    }

    private void buryTheGone(List<WorkerProcess> sitting) {
        lastOfWorkers.entrySet().removeIf(known -> {
            if (sitting.contains(known.getKey())) {
                return false;
            }
            known.getKey().count();
            known.getValue().forEach((slot, last) -> ofTheGone.merge(slot, counted(last), Census::sum));
            return true;
        });
    }

    /** What is left of a worker's numbers when it has ended. */
    private static SlotStatus counted(SlotStatus last) {
        return new SlotStatus(
                SlotState.DEGRADED,
                new SessionCounts(0, 0, 0, 0),
                0,
                last.logins(),
                last.givenUpCalls(),
                last.recoveries(),
                last.waits(),
                last.uses());
    }

    private static SlotStatus nobody() {
        return new SlotStatus(SlotState.DEGRADED, new SessionCounts(0, 0, 0, 0), 0, 0, 0, 0, Timing.NONE, Timing.NONE);
    }

    /** A slot is as ready as the readiest of its workers. */
    private static SlotStatus sum(SlotStatus one, SlotStatus other) {
        SessionCounts a = one.sessions();
        SessionCounts b = other.sessions();
        boolean otherIsReady = other.state() == SlotState.READY;
        return new SlotStatus(
                otherIsReady ? SlotState.READY : one.state(),
                new SessionCounts(
                        a.max() + b.max(), a.open() + b.open(), a.inUse() + b.inUse(), a.waiting() + b.waiting()),
                one.hungCalls() + other.hungCalls(),
                one.logins() + other.logins(),
                one.givenUpCalls() + other.givenUpCalls(),
                one.recoveries() + other.recoveries(),
                one.waits().plus(other.waits()),
                one.uses().plus(other.uses()));
    }
}
