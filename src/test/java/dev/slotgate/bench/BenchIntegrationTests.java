package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is too short to say anything, but for that everything can still be measured. */
class BenchIntegrationTests {

    @TempDir
    Path folder;

    @Test
    void batchesAreMeasuredWrittenDownAndCompared() throws Exception {
        Path json = folder.resolve("bench.json");

        Report report = Bench.run(Options.of("--quick", "--only", "batch", "--json", json.toString()), folder);

        assertThat(report.verdicts())
                .filteredOn(verdict -> verdict.goal() == Goal.BATCH_RATE)
                .allSatisfy(verdict -> assertThat(verdict.word()).isIn("reached", "missed"))
                .hasSize(2);
        assertThat(json).content().contains("ES256 in batches of 100 (worker)");
        assertThat(folder).isDirectoryNotContaining("glob:**/bench[0-9]*");
    }
}
