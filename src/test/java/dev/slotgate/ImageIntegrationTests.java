package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/** The images, as whoever runs them meets them. */
@Tag("containers")
@EnabledIf(value = "dev.slotgate.Containers#areUsable", disabledReason = Containers.NOT_USABLE)
class ImageIntegrationTests {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int BY_SIGTERM = 128 + 15;
    private static final String SIGN = "{'key':'kept','algorithm':'ES256','message':'AAAA'}";

    @TempDir
    Path temporary;

    private final String volume = "slotgate-test-" + UUID.randomUUID();

    @BeforeAll
    static void build() throws Exception {
        Containers.build();
    }

    @AfterEach
    void removeVolume() {
        Containers.succeeds("docker volume rm " + volume);
    }

    @Test
    void keysAndAChangedPinOutliveTheContainer() throws Exception {
        try (var gateway = trial()) {
            Gateway administrator = gateway.administrator(temporary);
            assertThat(makeKey(administrator)).isEqualTo(201);
            assertThat(administrator.post("/slots/1/sign", SIGN).status()).isEqualTo(200);
            assertThat(administrator
                            .post("/slots/1/pins/user/change", "{'currentPin':'98765432','newPin':'24681357'}")
                            .status())
                    .isEqualTo(204);

            ContainedGateway.Ended ended = gateway.stop();
            assertThat(ended.exitCode()).as(gateway.output()).isEqualTo(BY_SIGTERM);
            assertThat(ended.after()).isLessThan(BOUND);
        }
        try (var gateway = trial()) {
            assertThat(gateway.output()).doesNotContain("Made the trial tokens");
            Gateway administrator = gateway.administrator(temporary);
            assertThat(administrator.post("/slots/1/sign", SIGN).status()).isEqualTo(200);
            assertThat(administrator.get("/slots/1").json().path("pinState").asString())
                    .isEqualTo("ok");
        }
    }

    @Test
    void theGatewayIsNobodyAndMapsTheCache() throws Exception {
        try (var gateway = trial()) {
            assertThat(gateway.inside("id", "-u")).isEqualTo("10001");
            assertThat(gateway.inside("/opt/slotgate/healthy")).isEmpty();
            assertThat(gateway.inside("sh", "-c", "grep -c slotgate.aot /proc/1/maps"))
                    .isNotEqualTo("0");
            assertThat(gateway.output()).doesNotContain("WARN", "AOT", "aot");
        }
    }

    @Test
    void withPostgresTheStateIsThere() throws Exception {
        try (Network network = Network.newNetwork();
                var database = new GenericContainer<>(Containers.DATABASE)
                        .withNetwork(network)
                        .withNetworkAliases("database")
                        .withEnv(Map.of(
                                "POSTGRES_USER", "slotgate", "POSTGRES_DB", "slotgate", "POSTGRES_PASSWORD", "example"))
                        .withExposedPorts(5432)
                        .waitingFor(Wait.forListeningPort())) {
            database.start();
            Map<String, String> settings = Map.of(
                    "SPRING_DATASOURCE_URL", "jdbc:postgresql://database/slotgate",
                    "SPRING_DATASOURCE_USERNAME", "slotgate",
                    "SPRING_DATASOURCE_PASSWORD", "example");
            try (var gateway = ContainedGateway.start(
                    volume, settings, new GenericContainer<>(Containers.TRIAL).withNetwork(network))) {
                assertThat(makeKey(gateway.administrator(temporary))).isEqualTo(201);
                String query =
                        "PGPASSWORD=example psql -h 127.0.0.1 -U slotgate -Atc 'select count(*) from key_record'";
                assertThat(database.execInContainer("bash", "-c", query).getStdout())
                        .isEqualTo("1\n");
            }
        }
    }

    @Test
    void withoutAConfigurationThePlainImageSaysWhatIsMissing() throws Exception {
        String script = "docker run --rm --read-only --tmpfs /tmp " + Containers.GATEWAY + " 2>&1 || echo \"exit $?\"";
        assertThat(Containers.shell(script))
                .contains("slotgate.")
                .contains("exit 1")
                .doesNotContain("\tat ");
    }

    @Test
    void theImageTellsWhatIsInIt() throws Exception {
        assertThat(Containers.shell("docker inspect " + Containers.GATEWAY))
                .contains("\"org.opencontainers.image.title\": \"Slotgate\"", "/opt/slotgate/healthy");
        assertThat(Containers.shell("docker run --rm --entrypoint cat " + Containers.GATEWAY
                        + " /opt/slotgate/application.cdx.json"))
                .contains("\"bomFormat\" : \"CycloneDX\"", "ipkcs11wrapper");
    }

    private ContainedGateway trial() {
        return ContainedGateway.start(volume, Map.of(), new GenericContainer<>(Containers.TRIAL));
    }

    private static int makeKey(Gateway administrator) throws Exception {
        return administrator
                .post("/slots/1/keys", "{'type':'EC','curve':'P-256','label':'kept','usage':['sign']}")
                .status();
    }
}
