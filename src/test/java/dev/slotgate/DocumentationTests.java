package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the documentation lead to one another, and name tests that there are. */
class DocumentationTests {

    private static final Path README = Path.of("README.md");
    private static final Path FAMILIES = Path.of("docs/hsm/README.md");
    private static final Path CHANGELOG = Path.of("CHANGELOG.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+Tests)`");
    private static final Pattern CAMPAIGN = Pattern.compile("campaigns? ((?:`[a-z-]+`(?:, | and )?)+)");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (Path page : pages()) {
            LINK.matcher(text(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.startsWith("http"))
                    .filter(link -> !leadsSomewhere(page, link))
                    .forEach(link -> broken.add(page + " -> " + link));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsFoundFromTheReadme() throws IOException {
        String families = text(FAMILIES);
        assertThat(pages())
                .filteredOn(page -> page.startsWith("docs"))
                .allSatisfy(page -> assertThat(text(README).contains(page.toString())
                                || families.contains("(" + page.getFileName() + ")"))
                        .as(page.toString())
                        .isTrue());
    }

    @Test
    void everyTestAndCampaignThatIsNamedIsThere() throws IOException {
        List<String> tests;
        try (var files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
        }
        for (Path page : pages()) {
            assertThat(TEST.matcher(text(page)).results().map(found -> found.group(1)))
                    .as(page.toString())
                    .isSubsetOf(tests);
            CAMPAIGN.matcher(text(page))
                    .results()
                    .forEach(found -> assertThat(found.group(1).split("[`, ]+(?:and)?[` ]*", -1))
                            .filteredOn(name -> !name.isEmpty())
                            .as(page.toString())
                            .allSatisfy(name -> assertThat(tests).contains(campaign(name))));
        }
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page
                : Path.of(String.valueOf(page.getParent() == null ? "" : page.getParent()), parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** As renderers of Markdown make them of headings. */
    private static List<String> anchors(Path page) {
        return text(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** fault-storm is FaultStormCampaignIntegrationTests. */
    private static String campaign(String name) {
        var words = new StringBuilder();
        Stream.of(name.split("-", -1))
                .forEach(word ->
                        words.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1)));
        return words + "CampaignIntegrationTests";
    }

    private static List<Path> pages() throws IOException {
        try (var files = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(README, CHANGELOG),
                            files.filter(file -> file.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
