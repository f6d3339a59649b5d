package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The contract that is checked in is the one that the gateway serves. */
@GatewayTest
class ContractIntegrationTests {

    private static final Path CHECKED_IN = Path.of("openapi/slotgate.yaml");
    private static final Path SERVED = Path.of("target/slotgate.yaml");

    @LocalServerPort
    int port;

    @Value("${slotgate.data}")
    Path data;

    @Test
    void theContractHasNotDrifted() throws Exception {
        String served = new Gateway("http://127.0.0.1:" + port, data)
                .get("/openapi.yaml")
                .text();
        Files.writeString(SERVED, served);

        assertThat(CHECKED_IN)
                .as("review the difference, then: cp %s %s", SERVED, CHECKED_IN)
                .hasContent(served);
    }
}
