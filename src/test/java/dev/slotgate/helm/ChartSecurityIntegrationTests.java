package dev.slotgate.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What a pod of the chart may do, where its secrets are, and what its gateways share. */
class ChartSecurityIntegrationTests {

    private static final Pattern SECRET = Pattern.compile("(?i)password|passwd|secret|credential|(^|_)pin($|_)|key");

    static Stream<Chart> charts() {
        return Chart.all();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void podsMayDoNothingThatTheyNeedNot(Chart chart) {
        Manifests manifests = chart.render();

        assertThat(Stream.of(manifests.pod(), manifests.testPod().part("spec"))).allSatisfy(pod -> {
            assertThat(pod.at("automountServiceAccountToken")).isEqualTo(false);
            assertThat(pod.at("enableServiceLinks")).isEqualTo(false);
            assertThat(pod.at("securityContext.runAsNonRoot")).isEqualTo(true);
            assertThat((int) pod.at("securityContext.runAsUser")).isPositive();
            assertThat(pod.at("securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
            assertThat(pod.parts("containers")).allSatisfy(container -> {
                Manifest security = container.part("securityContext");
                assertThat(security.at("allowPrivilegeEscalation")).isEqualTo(false);
                assertThat(security.at("readOnlyRootFilesystem")).isEqualTo(true);
                assertThat(security.at("capabilities")).isEqualTo(Map.of("drop", List.of("ALL")));
                assertThat(container.at("resources.requests.cpu")).isNotNull();
                assertThat(container.at("resources.requests.memory")).isNotNull();
                assertThat(container.at("resources.limits.memory")).isNotNull();
            });
        });
        assertThat(manifests.the("ServiceAccount").at("automountServiceAccountToken"))
                .isEqualTo(false);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void secretsAreFilesAndNeverVariables(Chart chart) {
        Manifests manifests = chart.render();

        assertThat(manifests.of("Secret")).isEmpty();
        assertThat(Stream.of(manifests.pod(), manifests.testPod().part("spec")).flatMap(pod -> pod.parts("containers")))
                .allSatisfy(container -> {
                    assertThat(container.at("envFrom")).isNull();
                    assertThat(container.parts("env"))
                            .allMatch(variable -> variable.at("value") instanceof String)
                            .noneMatch(variable ->
                                    SECRET.matcher(variable.text("name")).find());
                });
        assertThat(manifests
                        .pod()
                        .parts("volumes")
                        .filter(volume -> volume.at("secret") != null
                                && !volume.text("name").startsWith("hsm-")))
                .allMatch(volume -> volume.at("secret.defaultMode").equals(0440));
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everyFileOfTheConfigurationIsInAMountedFolder(Chart chart) {
        Manifests manifests = chart.render();
        List<String> mounted = manifests
                .container()
                .parts("volumeMounts")
                .map(mount -> mount.text("mountPath") + "/")
                .toList();
        boolean libraryInImage =
                manifests.pod().parts("volumes").noneMatch(volume -> "hsm-library".equals(volume.at("name")));

        assertThat(manifests.pod().parts("volumes").map(volume -> volume.text("name")))
                .doesNotHaveDuplicates()
                .containsAll(manifests
                        .container()
                        .parts("volumeMounts")
                        .map(mount -> mount.text("name"))
                        .filter(name -> !name.equals("data"))
                        .toList());
        assertThat(files(manifests.settings().content()))
                .filteredOn(file -> !(libraryInImage && file.endsWith(".so")))
                .allMatch(file -> mounted.stream().anyMatch(file::startsWith));
    }

    private static String mountOf(Manifests manifests, String volume) {
        return manifests
                .container()
                .parts("volumeMounts")
                .filter(mount -> volume.equals(mount.at("name")))
                .findFirst()
                .orElseThrow()
                .text("mountPath");
    }

    private static Stream<String> files(Object settings) {
        return switch (settings) {
            case Map<?, ?> map -> map.values().stream().flatMap(ChartSecurityIntegrationTests::files);
            case List<?> list -> list.stream().flatMap(ChartSecurityIntegrationTests::files);
            case String text when text.startsWith("/") -> Stream.of(text);
            case String text when text.startsWith("configtree:") -> Stream.of(text.substring("configtree:".length()));
            case null, default -> Stream.empty();
        };
    }

    @Test
    void gatewaysShareTheDatabaseAndTheMasterKeyAndEachHasItsOwnVolume() {
        Manifests manifests = Chart.byDefault().render();

        assertThat((int) manifests.statefulSet().at("spec.replicas")).isGreaterThanOrEqualTo(2);
        assertThat(manifests.statefulSet().parts("spec.volumeClaimTemplates"))
                .singleElement()
                .satisfies(claim -> assertThat(claim.at("spec.accessModes")).isEqualTo(List.of("ReadWriteOnce")));
        assertThat(manifests.statefulSet().at("spec.persistentVolumeClaimRetentionPolicy"))
                .isEqualTo(Map.of("whenDeleted", "Retain", "whenScaled", "Retain"));
        assertThat(manifests.container().parts("env").filter(variable -> "SLOTGATE_DATA".equals(variable.at("name"))))
                .singleElement()
                .satisfies(data -> assertThat(data.text("value")).startsWith(mountOf(manifests, "data") + "/"));
        assertThat(manifests.settings().text("spring.datasource.url")).startsWith("jdbc:postgresql:");
        assertThat(manifests.the("PodDisruptionBudget").at("spec.maxUnavailable"))
                .isEqualTo(1);
    }

    @Test
    void aSingleGatewayHasNoDisruptionBudgetSinceNodesCouldNotBeDrained() {
        assertThat(Chart.trial().render().of("PodDisruptionBudget")).isEmpty();
    }

    @Test
    void theChartIsOfTheGatewaysVersion() throws Exception {
        Map<?, ?> chart = new Yaml().load(Files.readString(Chart.FOLDER.resolve("Chart.yaml")));

        assertThat(Path.of("pom.xml"))
                .content()
                .contains("<version>" + chart.get("appVersion") + "</version>\n    <name>Slotgate</name>");
    }
}
