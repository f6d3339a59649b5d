package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Calls at a steady rate, whatever becomes of those before, with {@code wrk}: a caller in Java takes so much of the two processors
 * that it waits for itself. How long an answer took counts from when the call was to be sent: one that finds its connection busy
 * has waited, and that is the gateway's doing.
 */
final class OpenLoop {

    private static final int CONNECTIONS = 32;
    private static final String SCRIPT = "/bench/open-loop.lua";
    private static final String TOOK = "took ";
    private static final double MICROS = 1e6;

    private final String url;
    private final Path request;
    private final Path script;

    /**
     * @param request the whole of it, as it is sent
     * @param folder where it is written
     */
    OpenLoop(String url, String request, Path folder) throws IOException {
        this.url = url;
        this.request = Files.writeString(folder.resolve("open-loop.request"), request);
        this.script = folder.resolve("open-loop.lua");
        try (InputStream file = Objects.requireNonNull(OpenLoop.class.getResourceAsStream(SCRIPT))) {
            Files.write(script, file.readAllBytes());
        }
    }

    /** All answers must be 2xx. */
    Latencies run(double perSecond, Duration time) throws Exception {
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t" + CONNECTIONS,
                        "-c" + CONNECTIONS,
                        "-d" + time.toSeconds() + "s",
                        "-s",
                        script.toString(),
                        url,
                        "--",
                        Double.toString(MICROS / perSecond),
                        Integer.toString(CONNECTIONS),
                        request.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(wrk.waitFor()).as(printed).isZero();
        assertThat(printed).contains("requests in").doesNotContain("Non-2xx", "Socket errors");
        List<Long> nanos = printed.lines()
                .filter(line -> line.startsWith(TOOK))
                .map(line -> Long.valueOf(line.substring(TOOK.length())))
                .toList();
        return new Latencies(nanos);
    }
}
