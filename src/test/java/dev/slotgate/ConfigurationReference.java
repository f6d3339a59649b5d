package dev.slotgate;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** The table of all settings, made of the records that they are bound to: names and defaults, and their Javadoc. */
final class ConfigurationReference {

    private static final Pattern PARAM =
            Pattern.compile("@param (\\w+) ((?:(?!@param|@throws|@return|\\*/).)*)", Pattern.DOTALL);
    private static final Pattern DOCUMENTED = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[^\\n]*\\n\\s*)*(?:public )?record (\\w+)", Pattern.DOTALL);

    private final Map<String, String> rows = new TreeMap<>();

    private ConfigurationReference() {}

    /** A Markdown table. */
    static String table() throws Exception {
        var reference = new ConfigurationReference();
        var ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.slotgate");
        for (var type : ours) {
            if (type.isAnnotatedWith(ConfigurationProperties.class)) {
                Class<?> settings = type.reflect();
                reference.add(
                        settings.getAnnotation(ConfigurationProperties.class).value(), settings);
            }
        }
        return "| setting | value | default | what it is |\n|---|---|---|---|\n"
                + String.join("\n", reference.rows.values());
    }

    private void add(String prefix, Class<?> settings) throws Exception {
        Map<String, String> documentation = documentation(settings);
        for (RecordComponent component : settings.getRecordComponents()) {
            String key = prefix + "." + kebab(component.getName());
            Class<?> element = element(component);
            boolean list = Collection.class.isAssignableFrom(component.getType());
            if (element.isRecord()) {
                add(list ? key + "[]" : key, element);
            } else {
                String text = documentation.getOrDefault(component.getName(), "");
                String row = "| `%s` | %s | %s | %s |"
                        .formatted(key, list ? "list" : kind(element), preset(component), text);
                // Two records may have the same setting; one of them documents it.
                rows.merge(key, row, (a, b) -> a.length() >= b.length() ? a : b);
            }
        }
    }

    private static Class<?> element(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : component.getType();
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(each -> "`" + kebab(((Enum<?>) each).name()) + "`")
                    .collect(Collectors.joining(", "));
        }
        return Map.<Class<?>, String>of(
                        Duration.class, "duration",
                        DataSize.class, "size",
                        Path.class, "path",
                        int.class, "number",
                        Integer.class, "number",
                        boolean.class, "`true`, `false`")
                .getOrDefault(type, "text");
    }

    private static String preset(RecordComponent component) {
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return "not set";
        }
        DefaultValue preset = parameter(component).getAnnotation(DefaultValue.class);
        if (preset == null) {
            return component.getType() == boolean.class ? "`false`" : "none";
        }
        return preset.value().length == 0 ? "empty" : "`" + String.join(", ", preset.value()) + "`";
    }

    private static Parameter parameter(RecordComponent component) {
        Parameter[] parameters =
                component.getDeclaringRecord().getDeclaredConstructors()[0].getParameters();
        return Arrays.stream(parameters)
                .filter(each -> each.getName().equals(component.getName()))
                .findFirst()
                .orElseThrow();
    }

    /** What the Javadoc of a record says of each component, from its source. */
    private static Map<String, String> documentation(Class<?> settings) throws Exception {
        Class<?> outermost = settings.getNestHost();
        Path file = Path.of("src/main/java", outermost.getName().replace('.', '/') + ".java");
        var texts = new HashMap<String, String>();
        var records = DOCUMENTED.matcher(Files.readString(file));
        while (records.find()) {
            if (records.group(2).equals(settings.getSimpleName())) {
                String text = records.group(1).replaceAll("\\n\\s*\\*", " ");
                PARAM.matcher(text).results().forEach(each -> texts.put(each.group(1), plain(each.group(2))));
            }
        }
        return texts;
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .trim();
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
