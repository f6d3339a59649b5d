package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** The contract that is checked in is the one that the gateway serves, without the trial's login. */
@GatewayTest
@TestPropertySource(properties = "springdoc.swagger-ui.enabled=false")
class ContractIntegrationTests {

    private static final Path SERVED = Path.of("target/slotgate.yaml");

    @LocalServerPort
    int port;

    @Value("${slotgate.data}")
    Path data;

    @Test
    void theContractHasNotDrifted() throws Exception {
        String served = gateway().get("/openapi.yaml").text();
        Files.writeString(SERVED, served);

        assertThat(ContractDrift.between(Contract.checkedIn(), Contract.of(served)))
                .as("review the differences, then: cp %s openapi/slotgate.yaml", SERVED)
                .isEmpty();
        assertThat(Contract.checkedIn().text()).isEqualTo(served);
    }

    @Test
    void withoutSwaggerUiThereIsNoPage() throws Exception {
        for (String path : new String[] {"/swagger-ui.html", "/swagger-ui/index.html"}) {
            ProblemAssert.assertProblem(gateway().get(path), 404, "not-found");
        }
    }

    private Gateway gateway() {
        return new Gateway("http://127.0.0.1:" + port, data);
    }
}
