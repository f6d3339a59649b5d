package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.StartRefused;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;

class StartRefusedAnalyzerTests {

    @Test
    void findsTheSentenceUnderWhatTheFrameworkWrappedAroundIt() {
        var wrapped = new BeanCreationException("outer", new IllegalStateException(new StartRefused("No module.")));

        assertThat(new StartRefusedAnalyzer().analyze(wrapped))
                .extracting(FailureAnalysis::getDescription)
                .isEqualTo("No module.");
    }

    @Test
    void leavesOtherFailuresToOthers() {
        assertThat(new StartRefusedAnalyzer().analyze(new IllegalStateException("other")))
                .isNull();
    }
}
