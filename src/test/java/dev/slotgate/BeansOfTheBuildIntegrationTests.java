package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as it is shipped says which beans it starts with, and serves with either. */
class BeansOfTheBuildIntegrationTests {

    private static final String SAYS_SO = "Starting AOT-processed SlotgateApplication";
    private static final Map<String, String> TELLING =
            Map.of("JAVA_TOOL_OPTIONS", "-Dlogging.level.dev.slotgate.SlotgateApplication=info");

    @TempDir
    Path data;

    @Test
    void aGatewayStartsWithTheBeansOfTheBuild() throws Exception {
        try (var gateway = LaunchedGateway.start(data, TELLING).awaitReady()) {
            assertThat(gateway.output()).contains(SAYS_SO);
        }
    }

    /** And what its own settings ask for is there all the same. */
    @Test
    void oneWithAManagementPortStartsWithout() throws Exception {
        var settings = new HashMap<>(TELLING);
        settings.put("MANAGEMENT_SERVER_PORT", "0");
        settings.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        settings.put("SLOTGATE_AUDIT_OUTPUT", "ecs");
        try (var gateway = LaunchedGateway.start(data, settings).awaitReady()) {
            Gateway caller = new Gateway(gateway.url(), data);

            assertThat(gateway.output())
                    .contains("Starting SlotgateApplication")
                    .doesNotContain(SAYS_SO);
            assertThat(caller.get("/actuator/health").status()).isEqualTo(404);
            assertThat(caller.as("slots.read", "*").get("/slots/0").status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(gateway.output()).contains("\"slots.show\""));
        }
    }
}
