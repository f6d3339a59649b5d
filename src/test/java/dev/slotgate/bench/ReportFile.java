package dev.slotgate.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A report as JSON, for programs that compare runs. */
record ReportFile(String pace, long seconds, Machine machine, List<Measured> figures, List<Reached> goals) {

    static void write(Report report, Path file) {
        var content = new ReportFile(
                report.pace().word(),
                report.seconds(),
                report.machine(),
                report.figures().all().stream()
                        .map(figure -> new Measured(
                                figure.name(),
                                figure.unit(),
                                figure.series().median(),
                                figure.series().values()))
                        .toList(),
                report.verdicts().stream().map(Reached::of).toList());
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(file, content);
    }

    /** @param values one for each round */
    record Measured(String name, String unit, double median, List<Double> values) {}

    /** @param median null when it was not measured */
    record Reached(
            String goal,
            String mode,
            String unit,
            boolean atMost,
            double limit,
            @Nullable Double median,
            String verdict) {

        static Reached of(Verdict verdict) {
            return new Reached(
                    verdict.goal().title(),
                    verdict.mode().word(),
                    verdict.limit().unit(),
                    verdict.limit().most(),
                    verdict.limit().of(verdict.mode()),
                    verdict.measured() == null ? null : verdict.measured().median(),
                    verdict.word());
        }
    }
}
