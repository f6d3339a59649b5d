package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class BeansOfTheBuildTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slotgate.trial",
                "slotgate.traces.endpoint",
                "logging.level.root",
                "server.port",
                "server.tomcat.max-connections",
                "spring.application.pid",
                "spring.config.additional-location",
                "spring.datasource.url",
                "spring.datasource.hikari.maximum-pool-size",
                "serverless",
            })
    void areStartedWithWhatAskForNoOthers(String setting) {
        assertThat(BeansOfTheBuild.haveThemAll(withFile("file [slotgate.yaml]", setting)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debug",
                "management.server.port",
                "management.endpoints.web.exposure.include",
                "server.ssl.bundle",
                "server.forward-headers-strategy",
                "spring.application.admin.enabled",
                "spring.autoconfigure.exclude[0]",
                "spring.datasource.type",
                "spring.main.lazy-initialization",
                "spring.profiles.active",
            })
    void giveWayToWhatMayAskForOthers(String setting) {
        assertThat(BeansOfTheBuild.haveThemAll(withFile("file [application.yaml]", setting)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MANAGEMENT_SERVER_PORT", "SPRING_MAIN_LAZY_INITIALIZATION", "SERVER_SSL_BUNDLE"})
    void giveWayToWhatTheEnvironmentAsksFor(String variable) {
        assertThat(BeansOfTheBuild.haveThemAll(withVariable(variable))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER_MAX_HTTP_REQUEST_HEADER_SIZE", "SPRING_DATASOURCE_URL", "PATH"})
    void areStartedWithWhatTheEnvironmentHasBeside(String variable) {
        assertThat(BeansOfTheBuild.haveThemAll(withVariable(variable))).isTrue();
    }

    /** Which the build had, too. */
    @ParameterizedTest
    @ValueSource(strings = {"management.endpoint.health.probes.enabled", "spring.threads.virtual.enabled"})
    void knowTheGatewaysOwnDefaults(String setting) {
        assertThat(BeansOfTheBuild.haveThemAll(withFile("class path resource [application.yaml]", setting)))
                .isTrue();
    }

    private static StandardEnvironment withFile(String file, String setting) {
        return with(new MapPropertySource(
                "Config resource '" + file + "' via location 'optional:x'", Map.of(setting, "1")));
    }

    private static StandardEnvironment withVariable(String variable) {
        return with(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "1")));
    }

    private static StandardEnvironment with(PropertySource<?> source) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(source);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
