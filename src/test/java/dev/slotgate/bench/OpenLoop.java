package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.Wrk;
import java.io.IOException;
import java.io.InputStream;
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
    private static final double MICROS_A_SECOND = 1e6;
    private static final double NANOS_A_MICRO = 1e3;

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

    /** All calls of the time must be answered with 2xx, the last of them a second after it at the latest. */
    Latencies run(double perSecond, Duration time) throws Exception {
        double gap = MICROS_A_SECOND / perSecond;
        long calls = (long) (time.toNanos() / (gap * NANOS_A_MICRO) / CONNECTIONS);
        String printed = Wrk.printed(List.of(
                "-t" + CONNECTIONS,
                "-c" + CONNECTIONS,
                "-d" + time.plusSeconds(1).toSeconds() + "s",
                "-s",
                script.toString(),
                url,
                "--",
                Double.toString(gap),
                Integer.toString(CONNECTIONS),
                Long.toString(calls),
                request.toString()));
        assertThat(printed).doesNotContain("Socket errors");
        List<Long> nanos = printed.lines()
                .filter(line -> line.startsWith(TOOK))
                .map(line -> Long.valueOf(line.substring(TOOK.length())))
                .toList();
        assertThat(nanos).as("answers").hasSize(Math.toIntExact(calls * CONNECTIONS));
        return new Latencies(nanos);
    }
}
