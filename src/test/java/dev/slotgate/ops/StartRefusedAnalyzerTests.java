package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slotgate.hsm.StartRefused;
import dev.slotgate.state.MasterKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void knowsWhatIsWrongWithTheGatewaysOwnFiles(@TempDir Path folder) {
        assertThat(new StartRefusedAnalyzer().analyze(catchThrowable(() -> MasterKey.readOrMake(folder))))
                .extracting(FailureAnalysis::getDescription)
                .asString()
                .startsWith("The master key " + folder);
    }

    @Test
    void leavesOtherFailuresToOthers() {
        assertThat(new StartRefusedAnalyzer().analyze(new IllegalStateException("other")))
                .isNull();
    }
}
