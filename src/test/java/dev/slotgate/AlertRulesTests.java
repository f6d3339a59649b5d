package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alerts, as Prometheus judges them. */
class AlertRulesTests {

    private static final Path RULES = Path.of("helm/slotgate/rules/slotgate.rules.yaml");
    private static final Path RULE_TESTS = Path.of("src/test/promtool/slotgate.rules.test.yaml");
    /** Where {@code ./slotgate test} puts it, since Debian has it in the package of the whole server. */
    private static final Path UNPACKED = Path.of("target/promtool/usr/bin/promtool");

    @Test
    void rulesAreWellFormed() throws Exception {
        promtool("check", "rules", RULES.toString());
    }

    @Test
    void everyAlertFiresWhenItShouldAndIsQuietWhenAllIsWell() throws Exception {
        promtool("test", "rules", RULE_TESTS.toString());

        String tests = Files.readString(RULE_TESTS);
        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(alert ->
                        assertThat(tests).contains("name: " + alert + " fires", "name: " + alert + " is quiet"));
    }

    @Test
    void everyAlertTellsWhatToDoAboutIt() throws Exception {
        String runbook = Files.readString(Path.of("docs/monitoring.md"));

        assertThat(headings(runbook)).containsExactlyElementsOf(alerts());
        assertThat(Files.readString(RULES))
                .contains(alerts().stream()
                        .map(alert ->
                                "runbook: \"docs/monitoring.md#" + alert.toLowerCase(java.util.Locale.ROOT) + "\"")
                        .toList());
    }

    private static List<String> alerts() throws IOException {
        return found(Files.readString(RULES), "(?m)^ +- alert: (\\w+)$");
    }

    private static List<String> headings(String text) {
        return found(text, "(?m)^### (Slotgate\\w+)$");
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static void promtool(String... arguments) throws Exception {
        Path program = program();
        Process process = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
    }

    private static Path program() {
        return Stream.concat(
                        Stream.of(UNPACKED),
                        Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "promtool")))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> abort("promtool is missing: ./slotgate test fetches it, or install prometheus"));
    }
}
