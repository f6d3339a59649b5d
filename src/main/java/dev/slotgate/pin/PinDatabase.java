package dev.slotgate.pin;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.state.StateUnusable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The database as the port asks it for PINs: what is not known of one keeps it from being sent. */
final class PinDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(PinDatabase.class);

    private PinDatabase() {}

    /** @throws HsmException DATABASE_UNAVAILABLE when it does not answer, or what it answers was sealed elsewhere */
    static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException | TransactionException | StateUnusable e) {
            LOG.error("The database does not give or take what is known of PINs", e);
            throw new HsmException(HsmFailure.DATABASE_UNAVAILABLE, "The gateway's database is not available.");
        }
    }
}
