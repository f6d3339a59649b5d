package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code wrk}, which calls as fast as it can and takes little of the processor itself; skips the test where it is missing. */
public final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in");

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
        return posting(gateway, url, List.of(new Call(path, json)), script);
    }

    /** Sends requests in turn, and then all of them again. */
    public static Wrk posting(Gateway gateway, String url, List<Call> calls, Path script) throws IOException {
        requireWrk();
        Files.writeString(script, """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/json"
                wrk.headers["Authorization"] = "Bearer %s"
                local calls, last = {}, 0
                function init(args)
                %s
                end
                function request()
                    last = last %% #calls + 1
                    return calls[last]
                end
                """.formatted(
                        gateway.token(), calls.stream().map(Call::lua).collect(Collectors.joining("\n"))));
        return new Wrk(url, script);
    }

    /** Answers per second; all of them must be 2xx. */
    double perSecond(int connections, int seconds) throws Exception {
        return run(connections, seconds).perSecond();
    }

    /** All answers must be 2xx. */
    public Run run(int connections, int seconds) throws Exception {
        String printed =
                printed(List.of("-t1", "-c" + connections, "-d" + seconds + "s", "-s", script.toString(), url));
        return new Run(Long.parseLong(found(REQUESTS, printed)), Double.parseDouble(found(RATE, printed)));
    }

    /** Runs it with these arguments. All answers must be 2xx. */
    public static String printed(List<String> arguments) throws Exception {
        var command = new ArrayList<>(arguments);
        command.addFirst("wrk");
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(wrk.waitFor()).as(printed).isZero();
        assertThat(printed).doesNotContain("Non-2xx");
        return printed;
    }

    private static String found(Pattern pattern, String printed) {
        Matcher matcher = pattern.matcher(printed);
        assertThat(matcher.find()).as(printed).isTrue();
        return matcher.group(1);
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

    /** @param json may have ' in place of " */
    public record Call(String path, String json) {

        private String lua() {
            return "    calls[#calls + 1] = wrk.format(nil, \"%s\", nil, [[%s]])"
                    .formatted(path, json.replace('\'', '"'));
        }
    }

    /** How many were answered. */
    public record Run(long answers, double perSecond) {}
}
