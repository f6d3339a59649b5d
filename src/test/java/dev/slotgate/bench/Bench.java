package dev.slotgate.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Measures, tells what came of it, and writes it down. */
final class Bench {

    private static final int WRONG_USAGE = 2;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("slotgate: " + e.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }
        // Whoever ends it before it is done has no gateways left.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        System.out.println(run(options, Path.of("target")));
        System.err.println("bench: all of it is in " + options.json());
        System.exit(0);
    }

    /** @param folder where the tokens, databases and journals are for the time being */
    static Report run(Options options, Path folder) throws Exception {
        long begun = System.nanoTime();
        try (var stage = new Stage(options.pace(), folder)) {
            Machine machine = Machine.here(folder);
            for (Part part : options.parts()) {
                part.measure(stage);
            }
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            var report = new Report(machine, options.pace(), seconds, stage.figures());
            Path json = options.json().toAbsolutePath();
            Files.createDirectories(json.getParent());
            ReportFile.write(report, json);
            return report;
        }
    }
}
