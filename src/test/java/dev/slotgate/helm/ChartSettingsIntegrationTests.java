package dev.slotgate.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The settings that the chart writes are settings that the gateway has, so that the two cannot drift apart. */
class ChartSettingsIntegrationTests {

    /** Read by itself, not as a part of a settings record. */
    private static final String SINGLE = "slotgate.web.allow-plain-http";

    static Stream<Chart> charts() {
        return Chart.all();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everySettingBelongsToARecordOfTheGatewayAndHasAValueThatItTakes(Chart chart) throws Exception {
        assertThat(unknown(chart.render().applicationYaml())).isEmpty();
    }

    @Test
    void aSettingThatTheGatewayDoesNotHaveIsFound() throws Exception {
        assertThat(unknown("""
                slotgate:
                  master-key-files: /x
                  slots: [{id: 1, label: a, pin-rotatoin: 30d}]
                  modules: [{library: /x}]
                """))
                .containsExactlyInAnyOrder("slotgate.master-key-files", "slotgate.slots[0].pin-rotatoin");
    }

    /** What is set below {@code slotgate} and no settings record takes. */
    private static List<String> unknown(String yaml) throws IOException {
        List<PropertySource<?>> sources = new YamlPropertySourceLoader()
                .load("application.yaml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        var taken = new Taken();
        var binder = new Binder(ConfigurationPropertySources.from(sources));
        settings()
                .forEach(type -> binder.bind(
                        type.getAnnotation(ConfigurationProperties.class).value(), Bindable.of(type), taken));
        return sources.stream()
                .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .filter(name -> name.startsWith("slotgate.") && !name.equals(SINGLE))
                .filter(name -> !taken.names.contains(ConfigurationPropertyName.of(name)))
                .toList();
    }

    private static Stream<Class<?>> settings() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("dev.slotgate").stream()
                .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null));
    }

    /** Remembers what was bound: several records share a prefix, so none of them can refuse what it does not know. */
    private static final class Taken implements BindHandler {

        private final Set<ConfigurationPropertyName> names = new HashSet<>();

        @Override
        public Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            names.add(name);
            return result;
        }
    }
}
