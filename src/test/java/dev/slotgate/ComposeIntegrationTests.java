package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** {@code docker-compose.yml} and the lines of its documentation, on ports that are free. */
@Tag("containers")
@EnabledIf(
        value = "isUsable",
        disabledReason = "docker-compose or one of the images is missing; " + Containers.NOT_USABLE)
class ComposeIntegrationTests {

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final String PAGE = "docs/containers.md";
    /** Keycloak takes a minute to start when it has the machine for itself. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    static boolean isUsable() {
        return Containers.areUsable()
                && Containers.succeeds("docker-compose version")
                && Containers.succeeds(
                        "docker image inspect $(sed -n 's/^ *image: //p' docker-compose.yml | grep keycloak)");
    }

    @AfterEach
    void down() throws Exception {
        LaunchedGateway.shell(folder, Map.of(), "docker-compose down -v -t 20");
    }

    @Test
    void theDocumentationsLinesEndInASignatureThatOpensslVerifies() throws Exception {
        Containers.build();
        String gateway = "127.0.0.1:" + freePort();
        String keycloak = "127.0.0.1:" + freePort();
        Path realm = Path.of("compose/slotgate-realm.json");
        Files.createDirectory(folder.resolve("compose"));
        Files.copy(HERE.resolve(realm), folder.resolve(realm));
        Files.writeString(folder.resolve("docker-compose.yml"), onPorts(read("docker-compose.yml"), gateway, keycloak));
        Files.createSymbolicLink(folder.resolve("slotgate"), HERE.resolve("slotgate"));

        shell(onPorts(lines(PAGE, "## Try it"), gateway, keycloak)
                .replace("up -d", "up -d --no-build")
                .replaceAll("(?m)^export .*", ""));

        awaitAnswer("http://" + keycloak + "/realms/slotgate", "public_key");
        awaitAnswer("http://" + gateway + "/actuator/health/readiness", "UP");
        String token = onPorts(lines(PAGE, "## Try it"), gateway, keycloak)
                .lines()
                .filter(line -> line.startsWith("export "))
                .collect(Collectors.joining("\n"));
        String firstLight = onPorts(lines("README.md", "## First light"), gateway, keycloak);
        assertThat(shell(token + "\n" + firstLight)).contains("Verified OK");
    }

    private void awaitAnswer(String url, String text) throws Exception {
        try {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(shell("curl -sS --fail " + url)).contains(text));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(shell("docker-compose ps; docker-compose logs --no-color --tail 20"), e);
        }
    }

    private String shell(String script) throws Exception {
        return LaunchedGateway.shell(folder, Map.of(), script);
    }

    private static String onPorts(String text, String gateway, String keycloak) {
        return text.replace("127.0.0.1:8080", gateway).replace("127.0.0.1:8180", keycloak);
    }

    /** The lines to copy of a section's first part. */
    private static String lines(String page, String section) throws IOException {
        String rest = read(page).substring(read(page).indexOf(section) + section.length());
        int end = rest.indexOf("\n## ");
        return rest.substring(0, end < 0 ? rest.length() : end)
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .takeWhile(line -> !line.startsWith("SOFTHSM2_CONF="))
                .collect(Collectors.joining("\n"));
    }

    private static String read(String file) throws IOException {
        return Files.readString(HERE.resolve(file));
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
