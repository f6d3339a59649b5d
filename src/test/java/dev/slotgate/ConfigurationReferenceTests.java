package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration reference has every setting, as the code has it. */
class ConfigurationReferenceTests {

    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String BEGINNING = "<!-- made of the settings' Javadoc: see ConfigurationReferenceTests -->\n";
    private static final String END = "\n<!-- end -->";

    @Test
    void theTableOfSettingsHasNotDrifted() throws Exception {
        String table = ConfigurationReference.table();
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGINNING) + BEGINNING.length();
        Path renewed = Path.of("target/configuration.md");
        Files.writeString(renewed, page.substring(0, from) + table + page.substring(page.indexOf(END, from)));

        assertThat(page.substring(from, page.indexOf(END, from)))
                .as("review the difference, then: cp %s %s", renewed, PAGE)
                .isEqualTo(table);
    }

    @Test
    void everySettingIsExplained() throws Exception {
        assertThat(ConfigurationReference.table().lines()).noneMatch(row -> row.endsWith("|  |"));
    }

    /** The YAML at the beginning of the page is a configuration that one could use. */
    @Test
    void theTableHasWhatTheExampleShows() throws Exception {
        assertThat(ConfigurationReference.table())
                .contains("| `slotgate.modules[].workers` | number | `1` |")
                .contains("| `slotgate.slots[].limits.call-deadline` | duration | not set |")
                .contains("| `slotgate.security.clock-skew` | duration | `60s` |");
    }
}
