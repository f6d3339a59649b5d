package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.MacStream;
import dev.slotgate.hsm.SlotId;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings what goes on with a stream to the worker that it was begun in, which alone knows it. One may be begun in any worker; each
 * has its share of the slot's sessions, so that when it is taken there may be room in another one.
 */
final class StreamCalls implements PortOperations.Caller {

    private final PortOperations.Caller toAnyWorker;
    private final Seats seats;
    private final Function<SlotId, Limits> limits;

    /** @param limits of a slot; SLOT_NOT_FOUND when there is none */
    StreamCalls(PortOperations.Caller toAnyWorker, Seats seats, Function<SlotId, Limits> limits) {
        this.toAnyWorker = toAnyWorker;
        this.seats = seats;
        this.limits = limits;
    }

    @Override
    public @Nullable Object call(PortCall call, @Nullable Object[] arguments) {
        Limits slot = limits.apply((SlotId) Objects.requireNonNull(arguments[0]));
        long end = System.nanoTime() + slot.callDeadline().toNanos();
        return arguments[1] instanceof MacStream stream
                ? called(workerOf(stream), call, arguments, end)
                : begun(call, arguments, end);
    }

    private @Nullable Object begun(PortCall call, @Nullable Object[] arguments, long end) {
        try {
            return toAnyWorker.call(call, arguments);
        } catch (HsmException first) {
            HsmException busy = busyOrThrown(first);
            for (WorkerProcess worker : seats.taken()) {
                try {
                    return called(worker, call, arguments, end);
                } catch (HsmException e) {
                    busy = busyOrThrown(e);
                }
            }
            throw busy;
        }
    }

    private static HsmException busyOrThrown(HsmException e) {
        if (e.failure() != HsmFailure.SLOT_BUSY) {
            throw e;
        }
        return e;
    }

    private WorkerProcess workerOf(MacStream stream) {
        return seats.taken().stream()
                .filter(worker -> worker.number() == stream.process())
                .findFirst()
                .orElseThrow(StreamCalls::lost);
    }

    private static @Nullable Object called(
            WorkerProcess worker, PortCall call, @Nullable Object[] arguments, long end) {
        try {
            return worker.call(call, arguments, end);
        } catch (LinkLost e) {
            throw lost();
        } catch (AnswerLate e) {
            throw e.as(HsmFailure.TOKEN_TIMEOUT);
        }
    }

    private static HsmException lost() {
        return new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The module ended while the message arrived.");
    }
}
