package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new master key takes the place of the old one, with everything that was sealed under that. */
class MasterKeyIntegrationTests {

    @TempDir
    Path data;

    @Test
    void thePinsThatTheGatewayKeepsAreUsedUnderTheNewKey() throws Exception {
        try (var gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
            Gateway admin = new Gateway(gateway.url(), data).as("", "*");
            Gateway.Answer answer =
                    admin.post("/slots/0/pins/user/change", "{'currentPin':'98765432','newPin':'kept-by-gateway'}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(204);
            assertThat(gateway.stop()).isIn(0, 143);
        }
        Path next = data.resolve("next.key");
        String told = LaunchedGateway.shell(
                Path.of("."), Map.of("SLOTGATE_DATA", data.toString()), "./slotgate change-master-key '" + next + "'");
        assertThat(told).contains("sealed under").doesNotContain("kept-by-gateway");
        try (var gateway = LaunchedGateway.start(data, Map.of())) {
            assertThat(gateway.exitCode()).as(gateway.output()).isEqualTo(1);
            assertThat(gateway.output())
                    .contains("Slotgate does not start: The database was written under another master key");
        }
        Files.move(next, data.resolve("master.key"), StandardCopyOption.REPLACE_EXISTING);
        try (var gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
            Gateway admin = new Gateway(gateway.url(), data).as("", "*");
            assertThat(admin.get("/slots/0").json().path("state").asString()).isEqualTo("ready");
            assertThat(admin.get("/slots/0").json().path("pinState").asString()).isEqualTo("ok");
        }
    }
}
