package dev.slotgate.hsm;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change of a token that is written down before it is made, so that none is ever there unknown. The token's answer stands,
 * whether what became of the change can be written down now or is found out later.
 *
 * @param what is changed, as the log calls it
 * @param made writes down that it was made
 * @param notMade writes down that it was not
 * @param leaveOpen has it settled later
 */
public record WrittenChange(String what, Runnable made, Runnable notMade, Runnable leaveOpen) {

    private static final Logger LOG = LoggerFactory.getLogger(WrittenChange.class);

    /** Makes it. @throws HsmException whatever it ended with; after OUTCOME_UNKNOWN it is left open */
    public <T> T make(Supplier<T> change) {
        boolean certain = false;
        try {
            T result = change.get();
            certain = true;
            writeDown(made);
            return result;
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.OUTCOME_UNKNOWN) {
                certain = true;
                writeDown(notMade);
            }
            throw e;
        } finally {
            if (!certain) {
                leaveOpen.run();
            }
        }
    }

    /** As {@link #make}, for a change that answers nothing. */
    public void run(Runnable change) {
        make(() -> {
            change.run();
            return true;
        });
    }

    private void writeDown(Runnable outcome) {
        try {
            outcome.run();
        } catch (RuntimeException e) {
            LOG.warn("What became of {} is not in the database yet; it is settled later.", what, e);
            leaveOpen.run();
        }
    }
}
