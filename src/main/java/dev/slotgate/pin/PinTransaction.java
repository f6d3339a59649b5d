package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes a change of PINs and writes down what became of it. The token's answer stands; the database may be settled later. */
@Component
class PinTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(PinTransaction.class);

    private final PlannedPins planned;

    PinTransaction(PlannedPins planned) {
        this.planned = planned;
    }

    void run(PlannedPin plan, Runnable change) {
        boolean certain = false;
        try {
            change.run();
            certain = true;
            writeDown(planned::made, plan);
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.OUTCOME_UNKNOWN) {
                certain = true;
                writeDown(planned::notMade, plan);
            }
            throw e;
        } finally {
            if (!certain) {
                planned.leaveOpen(plan);
            }
        }
    }

    private void writeDown(Consumer<PlannedPin> outcome, PlannedPin plan) {
        try {
            outcome.accept(plan);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Which PIN token {} has is not in the database yet; it is settled later.",
                    plan.token().serial(),
                    e);
            planned.leaveOpen(plan);
        }
    }
}
