package dev.slotgate.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What the chart makes of each set of values is what Kubernetes takes, and fits together. */
class ChartIntegrationTests {

    private static final String PODS = "spec.selector.matchLabels";

    static Stream<Chart> charts() {
        return Chart.all();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void lintFindsNothing(Chart chart, @TempDir Path folder) throws Exception {
        LintResult result = chart.lint(folder.resolve("slotgate"));

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(line -> line.contains("WARNING") || line.contains("ERROR"));
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everyManifestHasTheFieldsOfItsKindAndNoOthers(Chart chart) throws Exception {
        Manifests manifests = chart.render();

        assertThat(manifests.all()).hasSizeGreaterThan(5);
        for (Manifest manifest : manifests.all()) {
            StrictCheck.check(manifest);
        }
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() {
        Map<?, ?> typo = Map.of("name", "gateway", "imagePullPolice", "Always");
        Map<?, ?> pod = Map.of("apiVersion", "v1", "kind", "Pod", "spec", Map.of("containers", List.of(typo)));
        Map<?, ?> monitor = Map.of(
                "apiVersion", "monitoring.coreos.com/v1", "kind", "ServiceMonitor", "spec", Map.of("endpoint", "api"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrictCheck.check(new Manifest(pod)))
                .withMessageContaining("imagePullPolice");
        assertThatExceptionOfType(UnrecognizedPropertyException.class)
                .isThrownBy(() -> StrictCheck.check(new Manifest(monitor)))
                .withMessageContaining("endpoint");
    }

    @ParameterizedTest
    @MethodSource("charts")
    void whatSelectsTheGatewaysSelectsThemAndNotTheTest(Chart chart) {
        Manifests manifests = chart.render();
        Map<?, ?> test = manifests.testPod().part("metadata.labels").content();

        assertThat(manifests.statefulSet().selects(PODS, manifests.podLabels())).isTrue();
        assertThat(manifests.of("Service"))
                .hasSize(2)
                .allMatch(service -> service.selects("spec.selector", manifests.podLabels()))
                .noneMatch(service -> service.selects("spec.selector", test));
        assertThat(manifests.of("PodDisruptionBudget")).allMatch(budget -> budget.selects(PODS, manifests.podLabels()));
        assertThat(manifests.of("NetworkPolicy"))
                .allMatch(policy -> policy.selects("spec.podSelector.matchLabels", manifests.podLabels()))
                .noneMatch(policy -> policy.selects("spec.podSelector.matchLabels", test));
        assertThat(manifests.pod().parts("topologySpreadConstraints"))
                .hasSize(2)
                .allMatch(spread -> spread.selects("labelSelector.matchLabels", manifests.podLabels()));
        assertThat(manifests
                        .the("Service", manifests.statefulSet().text("spec.serviceName"))
                        .text("spec.clusterIP"))
                .isEqualTo("None");
    }

    @ParameterizedTest
    @MethodSource("charts")
    void theTestAndWhoIsNamedMayCallAndNobodyElse(Chart chart) {
        Manifests manifests = chart.render();
        Map<?, ?> test = manifests.testPod().part("metadata.labels").content();

        assertThat(manifests.of("NetworkPolicy")).allSatisfy(policy -> {
            assertThat(policy.parts("spec.ingress")).singleElement().satisfies(rule -> {
                assertThat(rule.parts("from").findFirst())
                        .hasValueSatisfying(peer -> assertThat(peer.selects("podSelector.matchLabels", test))
                                .isTrue());
                assertThat(rule.parts("from")).noneMatch(peer -> peer.content().isEmpty());
            });
            assertThat(policy.at("spec.policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
        });
    }

    @ParameterizedTest
    @MethodSource("charts")
    void portsAreTheOnesThatTheContainerNames(Chart chart) {
        Manifests manifests = chart.render();
        Manifest container = manifests.container();

        assertThat(container.parts("ports").map(port -> port.text("name"))).containsExactly("api");
        assertThat(container.parts("ports").map(port -> port.at("containerPort")))
                .containsExactly(manifests.settings().at("server.port"));
        assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe"))
                .allMatch(probe -> "api".equals(container.at(probe + ".httpGet.port")));
        assertThat(manifests.of("Service").flatMap(service -> service.parts("spec.ports")))
                .allMatch(port -> "api".equals(port.at("name")) && "api".equals(port.at("targetPort")));
        assertThat(manifests
                        .of("NetworkPolicy")
                        .flatMap(policy -> policy.parts("spec.ingress"))
                        .flatMap(rule -> rule.parts("ports")))
                .allMatch(port -> "api".equals(port.at("port")));
    }

    @Test
    void prometheusFindsEachGatewayOnce() {
        Manifests manifests = Chart.production().render();
        Manifest monitor = manifests.the("ServiceMonitor");

        assertThat(manifests
                        .of("Service")
                        .filter(service -> monitor.selects(
                                PODS, service.part("metadata.labels").content())))
                .singleElement()
                .satisfies(service -> assertThat(service.parts("spec.ports").map(port -> port.at("name")))
                        .contains(monitor.parts("spec.endpoints")
                                .findFirst()
                                .orElseThrow()
                                .at("port")));
    }

    @Test
    void theAlertRulesAreThoseOfTheFile() throws Exception {
        Map<?, ?> rules = new Yaml().load(Files.readString(Chart.FOLDER.resolve("rules/slotgate.rules.yaml")));

        assertThat(Chart.production().render().the("PrometheusRule").at("spec")).isEqualTo(rules);
    }
}
