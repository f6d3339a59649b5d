package dev.slotgate.ops;

import dev.slotgate.audit.JournalUnusable;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.security.SecurityMisconfigured;
import dev.slotgate.state.StateUnusable;
import dev.slotgate.trace.TracesMisconfigured;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Finds the sentence for the operator under whatever the framework wrapped around it. */
class StartRefusedAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return causes(failure).stream()
                .filter(cause -> cause instanceof StartRefused
                        || cause instanceof SecurityMisconfigured
                        || cause instanceof StateUnusable
                        || cause instanceof JournalUnusable
                        || cause instanceof TracesMisconfigured
                        || cause instanceof HsmException)
                .findFirst()
                .map(cause -> new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause))
                .orElse(null);
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
