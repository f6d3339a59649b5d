package dev.slotgate.bench;

import static dev.slotgate.bench.RatesPart.RAW_THREADS;

import dev.slotgate.hsm.pkcs11.RawToken;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came of a run, to be read. */
record Report(Machine machine, Pace pace, long seconds, Figures figures) {

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        """
                        %s, %d cores, %s, JVM %s; a flush of the disk takes %d µs
                        Bench, %s: %d min %d s; medians of %d rounds, and how far the lowest and the highest are from them
                        """,
                        machine.processor(),
                        machine.cores(),
                        machine.system(),
                        machine.java(),
                        machine.flushMicros(),
                        pace.word(),
                        seconds / 60,
                        seconds % 60,
                        pace.rounds())
                + caveat() + "\n" + measured() + "\n" + reached();
    }

    private String caveat() {
        return pace.equals(Pace.FULL)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "Only indicative: gateways that are not warm yet, %d keys for 10,000, %d s after a start for 10 s%n",
                        pace.mostKeys(),
                        pace.firstSeconds());
    }

    private Table measured() {
        var table = new Table("measured", "median", "unit", "noise", ": raw, 2 threads");
        for (Figures.Figure figure : figures.all()) {
            table.row(
                    figure.name(),
                    Numbers.text(figure.series().median()),
                    figure.unit(),
                    Numbers.noise(figure.series()).strip(),
                    toRaw(figure)
                            .map(ratio -> Numbers.text(ratio.median() * 100) + " %" + Numbers.noise(ratio))
                            .orElse(""));
        }
        return table;
    }

    /** Of a rate that the raw token has, too. */
    private Optional<Series> toRaw(Figures.Figure figure) {
        if (!figure.unit().equals("/s") || figure.name().contains("raw")) {
            return Optional.empty();
        }
        if (figure.name().contains("batches")) {
            return figures.ratio(figure.name(), Names.rawBeside("batches"));
        }
        return Arrays.stream(RawToken.Use.values())
                .filter(use -> figure.name().startsWith(use + ", connections"))
                .findFirst()
                .flatMap(use -> figures.ratio(figure.name(), Names.raw(use, RAW_THREADS)));
    }

    private Table reached() {
        var table = new Table("goal", "in process", "measured", "", "worker", "measured", "");
        for (Goal goal : Goal.values()) {
            Verdict inProcess = goal.verdict(figures, pace, Mode.IN_PROCESS);
            Verdict worker = goal.verdict(figures, pace, Mode.WORKER);
            table.row(
                    goal.title(),
                    inProcess.bound(),
                    inProcess.value(),
                    inProcess.word(),
                    worker.bound(),
                    worker.value(),
                    worker.word());
        }
        return table;
    }

    /** Of both modes. */
    List<Verdict> verdicts() {
        return Arrays.stream(Goal.values())
                .flatMap(goal -> Mode.COMPARED.stream().map(mode -> goal.verdict(figures, pace, mode)))
                .toList();
    }
}
