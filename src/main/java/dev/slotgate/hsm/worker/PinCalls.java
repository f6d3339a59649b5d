package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.SlotId;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings changes of PINs to one worker, which is alone with the module meanwhile; none is ever made twice. */
final class PinCalls implements PortOperations.Caller {

    /** The drain, the logout, the change itself (three), and the login after it. */
    private static final int CALLS = 6;

    private final Crew crew;
    private final Function<SlotId, Limits> limits;

    /** @param limits of a slot; SLOT_NOT_FOUND when there is none */
    PinCalls(Crew crew, Function<SlotId, Limits> limits) {
        this.crew = crew;
        this.limits = limits;
    }

    @Override
    public @Nullable Object call(PortCall call, @Nullable Object[] arguments) {
        Limits slot = limits.apply((SlotId) Objects.requireNonNull(arguments[0]));
        Duration patience = slot.exclusiveWait().plus(slot.callDeadline().multipliedBy(CALLS));
        return crew.<@Nullable Object>byOne(worker -> {
            try {
                return worker.link().call(call.operation(), arguments, patience);
            } catch (LinkLost e) {
                throw new HsmException(
                        e.sent() ? HsmFailure.OUTCOME_UNKNOWN : HsmFailure.TOKEN_UNAVAILABLE,
                        "The module ended before it answered.");
            } catch (AnswerLate e) {
                throw e.as(HsmFailure.OUTCOME_UNKNOWN);
            }
        });
    }
}
