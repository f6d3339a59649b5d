package dev.slotgate.ops;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that the database is in use or not there, in place of the driver's stack trace. */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** H2's code for a database file that another process has open. */
    private static final int ALREADY_OPEN = 90020;
    /** H2's code for a database file that is not one, or not all of one. */
    private static final int DAMAGED = 90030;

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        if (cause.getErrorCode() == DAMAGED) {
            return new FailureAnalysis(
                    "the database file slotgate.mv.db in the data folder is damaged.",
                    "Put a back-up in its place.",
                    cause);
        }
        return cause.getErrorCode() == ALREADY_OPEN
                ? new FailureAnalysis(
                        "another gateway uses the data folder.",
                        "Stop it, or choose another folder with SLOTGATE_DATA.",
                        cause)
                : new FailureAnalysis(
                        "the database at spring.datasource.url cannot be used (SQL state " + cause.getSQLState() + ").",
                        "See to it that it runs and that the gateway may use it.",
                        cause);
    }
}
