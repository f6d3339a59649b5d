package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.web.OpenApiConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.TestPropertySource;

/** The contract that is checked in is what the code says, and what the gateway serves but for a trial's login. */
@GatewayTest
@Import(OpenApiConfiguration.class)
@TestPropertySource(
        properties = {
            "slotgate.web.swagger-ui=false",
            "springdoc.api-docs.enabled=true",
            // So that it changes only when the code does.
            "springdoc.writer-with-order-by-keys=true",
            "springdoc.default-produces-media-type=application/json"
        })
class ContractIntegrationTests {

    private static final Path MADE = Path.of("target/slotgate.yaml");

    @LocalServerPort
    int port;

    @Value("${slotgate.data}")
    Path data;

    @Autowired
    OpenApiWebMvcResource springdoc;

    @Test
    void theContractHasNotDrifted() throws Exception {
        byte[] made = springdoc.openapiYaml(new MockHttpServletRequest(), "/openapi.yaml", Locale.ENGLISH);
        String code = new String(made, StandardCharsets.UTF_8);
        Files.writeString(MADE, code);

        assertThat(ContractDrift.between(Contract.checkedIn(), Contract.of(code)))
                .as("review the differences, then: cp %s openapi/slotgate.yaml", MADE)
                .isEmpty();
        assertThat(Contract.checkedIn().text()).isEqualTo(code);
    }

    @Test
    void theContractIsServedAsItIsCheckedIn() throws Exception {
        Gateway.Answer yaml = gateway().get("/openapi.yaml");
        Gateway.Answer json = gateway().get("/openapi");

        assertThat(yaml.text()).isEqualTo(Contract.checkedIn().text());
        assertThat(yaml.header("Content-Type")).isEqualTo("application/vnd.oai.openapi");
        assertThat(json.json()).isEqualTo(Contract.checkedIn().tree());
        assertThat(json.header("Content-Type")).isEqualTo("application/json");
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
