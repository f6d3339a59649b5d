package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.SlotId;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings calls of the port to a worker, which keeps the slot's deadline. A call whose worker died is made once more on another
 * one, within the same deadline, unless it changes the token.
 */
final class WorkerCalls implements PortOperations.Caller {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerCalls.class);

    private static final Duration TO_FORGET = Duration.ofMillis(250);

    private final Seats seats;
    private final Function<SlotId, Limits> limits;

    /** @param limits of a slot; SLOT_NOT_FOUND when there is none */
    WorkerCalls(Seats seats, Function<SlotId, Limits> limits) {
        this.seats = seats;
        this.limits = limits;
    }

    @Override
    public @Nullable Object call(PortCall call, @Nullable Object[] arguments) {
        Limits slot = limits.apply((SlotId) Objects.requireNonNull(arguments[0]));
        Duration patience = call.takesLong() ? slot.generationDeadline() : slot.callDeadline();
        long end = System.nanoTime() + patience.toNanos();
        WorkerProcess worker = seats.pick(end);
        try {
            return once(worker, call, arguments, end);
        } catch (LinkLost e) {
            if (call.changesToken() && e.sent()) {
                throw new HsmException(HsmFailure.OUTCOME_UNKNOWN, "The module ended before it answered.");
            }
            seats.leave(worker);
            return again(call, arguments, end);
        }
    }

    private @Nullable Object again(PortCall call, @Nullable Object[] arguments, long end) {
        WorkerProcess worker = seats.pick(end);
        try {
            return once(worker, call, arguments, end);
        } catch (LinkLost e) {
            seats.leave(worker);
            throw new HsmException(
                    call.changesToken() && e.sent() ? HsmFailure.OUTCOME_UNKNOWN : HsmFailure.TOKEN_UNAVAILABLE,
                    "The module ended before it answered.");
        }
    }

    private @Nullable Object once(WorkerProcess worker, PortCall call, @Nullable Object[] arguments, long end) {
        try {
            return worker.call(call, arguments, end);
        } catch (AnswerLate e) {
            throw e.as(call.changesToken() ? HsmFailure.OUTCOME_UNKNOWN : HsmFailure.TOKEN_TIMEOUT);
        } finally {
            if (call.changesToken()) {
                haveOthersForget(worker, (SlotId) Objects.requireNonNull(arguments[0]));
            }
        }
    }

    /** The workers of a module remember keys each for itself. One that does not answer is looked after by its supervisor. */
    private void haveOthersForget(WorkerProcess changer, SlotId slot) {
        seats.taken().stream().filter(worker -> worker != changer).forEach(other -> {
            try {
                other.control(TO_FORGET).forgetKeys(slot);
            } catch (AnswerLate | LinkLost | HsmException e) {
                LOG.debug("A worker was not told that keys of slot {} have changed: {}", slot, e.toString());
            }
        });
    }
}
