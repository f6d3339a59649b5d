package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slotgate.hsm.pkcs11.RawToken.Use;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTests {

    private final Figures figures = new Figures();
    private final Report report = new Report(new Machine("A CPU", 2, "Linux 6", "25", 900), Pace.FULL, 754, figures);

    @Test
    void aTableIsMarkdownWhoseColumnsAreInLine() {
        var table = new Table("what", "how much");
        table.row("a thing", "1");

        assertThat(table).hasToString("""
                | what    | how much |
                |---------|----------|
                | a thing | 1        |
                """);
        assertThatIllegalArgumentException().isThrownBy(() -> table.row("alone"));
    }

    @Test
    void ratesAreTheirShareOfTheRawTokens() {
        rounds(Names.raw(Use.RS256, 2), 2000, 2100, 1900);
        rounds(Names.rate(Use.RS256, Mode.WORKER, 16), 1700, 1680, 1710);

        assertThat(report.toString())
                .contains("A CPU, 2 cores", "12 min 34 s; medians of 3 rounds")
                .containsPattern(
                        "RS256, connections: 16 \\(worker\\) +\\| 1,700 +\\| /s +\\| \\(-1..\\+1 %\\) +\\| 85.00 %")
                .containsPattern("RS256-2048.* ≥ 82 % +\\| 85.00 % \\(-6..\\+6 %\\) +\\| reached");
    }

    @Test
    void aShortRunSaysThatItIsOne() {
        var quick = new Report(report.machine(), Pace.QUICK, 60, figures);

        assertThat(quick.toString()).contains("Only indicative", "200 keys for 10,000");
        assertThat(report.toString()).doesNotContain("indicative");
    }

    @Test
    void theFileHasEveryRoundAndEveryGoal(@TempDir Path folder) {
        rounds(Names.of(Names.READY, Mode.WORKER), 2.5, 3.5, 3.25);

        ReportFile.write(report, folder.resolve("bench.json"));

        JsonNode written = JsonMapper.builder().build().readTree(folder.resolve("bench.json"));
        assertThat(written.at("/figures/0/values")).hasSize(3);
        assertThat(written.at("/figures/0/median").asDouble()).isEqualTo(3.25);
        assertThat(written.path("goals")).hasSize(2 * Goal.values().length);
        assertThat(written.path("goals")
                        .valueStream()
                        .filter(goal -> goal.path("goal").asString().startsWith("ready"))
                        .map(goal -> goal.path("mode").asString() + ": "
                                + goal.path("verdict").asString()))
                .containsExactly("worker: missed", "in process: not measured");
    }

    private void rounds(String name, double... values) {
        for (double value : values) {
            figures.add(name, "/s", value);
        }
    }
}
