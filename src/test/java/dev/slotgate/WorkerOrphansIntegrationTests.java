package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed leaves no process behind. */
class WorkerOrphansIntegrationTests {

    private static final String MAIN = "dev.slotgate.hsm.worker.WorkerMain";

    @TempDir
    Path data;

    @Test
    void noWorkerOutlivesItsGateway() throws Exception {
        List<ProcessHandle> workers;
        try (var gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
            workers = gateway.processes()
                    .filter(child -> child.info().commandLine().orElse("").contains(MAIN))
                    .toList();
            assertThat(workers).as("the one that started first is in use").hasSize(1);
            gateway.kill();
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(workers).noneMatch(ProcessHandle::isAlive));
    }
}
