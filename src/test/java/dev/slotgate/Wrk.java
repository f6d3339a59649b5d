package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code wrk}, which calls as fast as it can and takes little of the processor itself; skips the test where it is missing. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    private final String url;
    private final Path script;

    private Wrk(String url, Path script) {
        this.url = url;
        this.script = script;
    }

    /**
     * Sends the same request again and again.
     *
     * @param script where what it sends is written
     */
    static Wrk posting(Gateway gateway, String url, String path, String json, Path script) throws IOException {
        requireWrk();
        Files.writeString(script, """
                wrk.method = "POST"
                wrk.path = "%s"
                wrk.body = [[%s]]
                wrk.headers["Content-Type"] = "application/json"
                wrk.headers["Authorization"] = "Bearer %s"
                """.formatted(path, json.replace('\'', '"'), gateway.token()));
        return new Wrk(url, script);
    }

    /** Answers per second; all of them must be 2xx. */
    double perSecond(int connections, int seconds) throws Exception {
        Process wrk = new ProcessBuilder(
                        "wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "-s", script.toString(), url)
                .redirectErrorStream(true)
                .start();
        String printed = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Matcher rate = RATE.matcher(printed);
        assertThat(rate.find()).as(printed).isTrue();
        assertThat(printed).doesNotContain("Non-2xx");
        return Double.parseDouble(rate.group(1));
    }

    private static void requireWrk() throws IOException {
        try {
            if (new ProcessBuilder("sh", "-c", "command -v wrk").start().waitFor() == 0) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        abort("wrk is missing: apt-get install wrk");
    }
}
