package dev.slotgate.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.util.FileSystemUtils;
import org.yaml.snakeyaml.Yaml;

/**
 * The Helm chart with the values of an operator.
 *
 * @param values what the operator says over the chart's own; none for the defaults
 * @param overrides what the operator says on the command line ({@code --set})
 */
record Chart(String name, List<Path> values, Map<String, String> overrides) {

    static final Path FOLDER = Path.of("helm/slotgate");
    static final String RELEASE = "acme";
    static final String NAMESPACE = "hsm";

    /**
     * A copy that asks for no Kubernetes and has no hooks: the library renders for a Kubernetes of years ago, which it cannot be told,
     * and leaves hooks out.
     */
    private static final Path RENDERABLE = renderable();

    private static final Path MORE = Path.of("src/test/resources/helm");

    static Chart byDefault() {
        return new Chart("default", List.of(), Map.of());
    }

    static Chart production() {
        return of(FOLDER.resolve("values-production.yaml"));
    }

    static Chart trial() {
        return of(FOLDER.resolve("values-trial.yaml"));
    }

    /** The chart as it is, with the values files that it brings, and with those of the tests. */
    static Stream<Chart> all() {
        try (var files = Files.list(MORE)) {
            return Stream.concat(
                    Stream.of(byDefault(), production(), trial()), files.sorted().map(Chart::of).toList().stream())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Chart of(Path file) {
        return new Chart(file.getFileName().toString(), List.of(file), Map.of());
    }

    Chart with(String key, String value) {
        var more = new LinkedHashMap<>(overrides);
        more.put(key, value);
        return new Chart(name, values, more);
    }

    /** @throws IllegalStateException with Helm's message, when the chart refuses the values */
    Manifests render() {
        TemplateCommand command =
                new Helm(RENDERABLE).template().withName(RELEASE).withNamespace(NAMESPACE);
        values.forEach(command::withValuesFile);
        overrides.forEach(command::set);
        return new Manifests(
                StreamSupport.stream(new Yaml().loadAll(command.call()).spliterator(), false)
                        .filter(Map.class::isInstance)
                        .map(content -> new Manifest((Map<?, ?>) content))
                        .toList());
    }

    /** Lints a copy whose own values are these: the command takes no others. */
    LintResult lint(Path copy) throws IOException {
        FileSystemUtils.copyRecursively(FOLDER, copy);
        Object merged = load(FOLDER.resolve("values.yaml"));
        for (Path file : values) {
            merged = merge(merged, load(file));
        }
        Files.writeString(copy.resolve("values.yaml"), new Yaml().dump(merged));
        return new Helm(copy).lint().strict().call();
    }

    private static Path renderable() {
        try {
            Path copy = Files.createTempDirectory(Path.of("target"), "chart").resolve("slotgate");
            FileSystemUtils.copyRecursively(FOLDER, copy);
            edit(copy.resolve("Chart.yaml"), "(?m)^kubeVersion:", "# kubeVersion:");
            edit(copy.resolve("templates/tests/gateway.yaml"), "helm.sh/hook: test", "not-now/hook: test");
            return copy;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void edit(Path file, String regex, String replacement) throws IOException {
        String before = Files.readString(file);
        String after = before.replaceFirst(regex, replacement);
        if (after.equals(before)) {
            throw new AssertionError(file + " has no " + regex);
        }
        Files.writeString(file, after);
    }

    private static Object load(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
    }

    /** As Helm does it: maps are merged, null takes a key away, anything else takes the place of what was there. */
    private static Object merge(Object below, Object above) {
        if (!(below instanceof Map<?, ?> defaults && above instanceof Map<?, ?> changes)) {
            return above;
        }
        var merged = new LinkedHashMap<Object, Object>(defaults);
        changes.forEach((key, change) -> {
            if (change == null) {
                merged.remove(key);
            } else {
                merged.merge(key, change, Chart::merge);
            }
        });
        return merged;
    }

    @Override
    public String toString() {
        return name;
    }
}
