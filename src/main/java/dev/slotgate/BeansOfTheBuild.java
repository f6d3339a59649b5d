package dev.slotgate;

import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationListener;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * Starts with the beans that the build put together (Spring's ahead-of-time processing), which saves a fifth of the time, unless
 * the operator sets something of Spring Boot's that may ask for other ones. No setting of the gateway's own does: what depends on
 * one is decided when it starts.
 */
final class BeansOfTheBuild implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final String BUILT = SlotgateApplication.class.getName() + "__ApplicationContextInitializer";
    private static final String OWN_DEFAULTS = "class path resource [application.yaml]";

    private static final List<ConfigurationPropertyName> SPRING_BOOT =
            names("debug", "management", "server", "spring", "trace");
    private static final List<ConfigurationPropertyName> SAME_BEANS = names(
            "server.address",
            "server.max-http-request-header-size",
            // As a variable of the environment is called.
            "server.max.http.request.header.size",
            "server.port",
            "server.tomcat",
            "spring.application.name",
            // Which Spring Boot sets itself.
            "spring.application.pid",
            "spring.application.title",
            "spring.application.version",
            "spring.config",
            "spring.datasource.hikari",
            "spring.datasource.password",
            "spring.datasource.url",
            "spring.datasource.username");

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (isBuilt() && haveThemAll(event.getEnvironment())) {
            SpringProperties.setFlag("spring.aot.enabled");
        }
    }

    /** In a folder of classes there may be those of an earlier build. */
    private static boolean isBuilt() {
        URL own = BeansOfTheBuild.class.getResource(BeansOfTheBuild.class.getSimpleName() + ".class");
        return own != null && own.getProtocol().equals("jar") && ClassUtils.isPresent(BUILT, null);
    }

    /** Whether the build's beans are what these settings ask for. */
    static boolean haveThemAll(Environment settings) {
        return StreamSupport.stream(ConfigurationPropertySources.get(settings).spliterator(), false)
                .filter(source -> !isOurs(source))
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .noneMatch(name -> isOneOf(name, SPRING_BOOT) && !isOneOf(name, SAME_BEANS));
    }

    private static boolean isOurs(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> file
                && file.getName().contains(OWN_DEFAULTS);
    }

    private static boolean isOneOf(ConfigurationPropertyName name, List<ConfigurationPropertyName> groups) {
        return groups.stream().anyMatch(group -> group.equals(name) || group.isAncestorOf(name));
    }

    private static List<ConfigurationPropertyName> names(String... names) {
        return Stream.of(names).map(ConfigurationPropertyName::of).toList();
    }
}
