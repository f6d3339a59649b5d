package dev.slotgate.ops;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that the database is in use or not there, in place of the driver's stack trace. */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** H2's code for a database file that another process has open. */
    private static final int ALREADY_OPEN = 90020;

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
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
