package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The configuration reference has every setting, as the code has it. */
class ConfigurationReferenceTests {

    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String BEGINNING = "<!-- made of the settings' Javadoc: see ConfigurationReferenceTests -->\n";
    private static final String END = "\n<!-- end -->";

    private static String table = "";

    @BeforeAll
    static void make() throws Exception {
        table = ConfigurationReference.table();
    }

    @Test
    void theTableOfSettingsHasNotDrifted() throws Exception {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGINNING) + BEGINNING.length();
        Path renewed = Path.of("target/configuration.md");
        Files.writeString(renewed, page.substring(0, from) + table + page.substring(page.indexOf(END, from)));

        assertThat(page.substring(from, page.indexOf(END, from)))
                .as("review the difference, then: cp %s %s", renewed, PAGE)
                .isEqualTo(table);
    }

    @Test
    void everySettingIsExplained() {
        assertThat(table.lines()).noneMatch(row -> row.endsWith("|  |"));
    }

    /** The YAML at the beginning of the page. */
    @Test
    void theExampleHasNoSettingThatIsNotThere() throws Exception {
        String page = Files.readString(PAGE);
        String example = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("\n```\n"));

        assertThat(keys("slotgate", Contract.of(example).tree().path("slotgate")))
                .contains("slotgate.modules[].workers", "slotgate.limits.per-client.burst")
                .allSatisfy(key -> assertThat(table).contains("| `" + key + "` |"));
    }

    private static List<String> keys(String key, JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .flatMap(member -> keys(key + "." + member.getKey(), member.getValue()).stream())
                    .toList();
        }
        return value.isArray() && value.path(0).isObject() ? keys(key + "[]", value.get(0)) : List.of(key);
    }
}
