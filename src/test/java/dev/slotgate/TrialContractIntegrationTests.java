package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** The contract in a trial: its examples, made one after the other, work and answer what they show; its pages log in. */
@TestPropertySource(properties = "slotgate.keys.destroy-delay=7d")
class TrialContractIntegrationTests extends AgainstTrialGateway {

    private static final String SO_PIN = "the-so-pin-of-slot-";

    private final Contract contract = Contract.checkedIn();
    private final OpenApiInteractionValidator validator = OpenApiInteractionValidator.createForInlineApiSpecification(
                    contract.text())
            .build();
    private final MadeValues made = new MadeValues();

    @DynamicPropertySource
    static void escrow(DynamicPropertyRegistry properties) throws Exception {
        var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(3072);
        String key = Base64.getMimeEncoder()
                .encodeToString(rsa.generateKeyPair().getPublic().getEncoded());
        Path file = Files.createTempFile("escrow", ".pem");
        Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
        properties.add("slotgate.pin-escrow.public-key", file::toString);
    }

    @Test
    void everyCallHasExamplesAndTheyWork() throws Exception {
        for (int slot : new int[] {1, 3}) {
            made.bind(SO_PIN + slot, Files.readString(data.resolve("so-pins/slot-" + slot)));
        }
        var told = contract.calls().stream().map(Contract.Call::id).collect(Collectors.toSet());
        for (ContractExample example : ContractExample.story(contract)) {
            told.remove(example.call().id());
            if (example.call().id().equals("auditList")) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> !admin.get("/audit?action=crypto.sign")
                                .json()
                                .path("items")
                                .isEmpty());
            }
            make(example);
        }
        assertThat(told).as("calls without an example").isEmpty();
    }

    /** As Swagger UI does it with what a user gives to its dialog. */
    @Test
    void swaggerUiComesFromTheJarAndFetchesTokens() throws Exception {
        assertThat(stranger.get("/swagger-ui.html").header("Location")).isEqualTo("/swagger-ui/index.html");
        assertThat(stranger.get("/swagger-ui/index.html").text())
                .contains("./swagger-ui-bundle.js")
                .doesNotContain("//");
        assertThat(stranger.get("/swagger-ui/swagger-ui-bundle.js").status()).isEqualTo(200);
        assertThat(stranger.get("/swagger-ui/swagger-initializer.js").text())
                .contains("slotgate-admin", "/openapi")
                .doesNotContain("petstore");

        Contract served = Contract.of(stranger.get("/openapi.yaml").text());
        assertThat(stranger.get("/openapi").json()).isEqualTo(served.tree());
        String address = served.tree()
                .at("/components/securitySchemes/trialIssuer/flows/clientCredentials/tokenUrl")
                .asString();
        String secret = Files.readString(data.resolve("clients/slotgate-admin"));
        String client =
                Base64.getEncoder().encodeToString(("slotgate-admin:" + secret).getBytes(StandardCharsets.UTF_8));
        Gateway.Answer token = stranger.send(
                stranger.request(address, "Authorization", "Basic " + client, "Origin", "http://127.0.0.1:" + port)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "grant_type=client_credentials&scope=slots.read%20keys.read")));
        Gateway page = stranger.with(token.json().path("access_token").asString());

        assertThat(page.get("/slots").status()).isEqualTo(200);
        assertThat(page.get("/whoami").json().path("scopes").toString()).isEqualTo("[\"keys.read\",\"slots.read\"]");
    }

    private void make(ContractExample example) throws Exception {
        String target = made.inTarget(example.target());
        HttpRequest.Builder request = admin.request(target).header("Accept", example.accepted());
        var body = HttpRequest.BodyPublishers.noBody();
        if (example.body() != null) {
            request.header("Content-Type", example.mediaType());
            body = HttpRequest.BodyPublishers.ofString(made.inBody(example.body()));
        }
        Gateway.Answer answer = admin.send(request.method(example.call().method(), body));

        assertThat(answer.status()).as("%s: %s", example, answer.text()).isEqualTo(example.status());
        assertValid(example, target, answer);
        made.learn(example, answer);
    }

    /** The request and the answer are as the contract says. */
    private void assertValid(ContractExample example, String target, Gateway.Answer answer) {
        String[] parts = target.split("\\?", -1);
        var request = new SimpleRequest.Builder(
                        Request.Method.valueOf(example.call().method()), parts[0])
                .withHeader("Authorization", "Bearer " + admin.token());
        if (example.body() != null) {
            request.withContentType(example.mediaType()).withBody(made.inBody(example.body()));
        }
        if (parts.length == 2) {
            for (String parameter : parts[1].split("&", -1)) {
                request.withQueryParam(parameter.split("=", -1)[0], parameter.split("=", -1)[1]);
            }
        }
        var response = SimpleResponse.Builder.status(answer.status());
        if (answer.bytes().length > 0) {
            response.withContentType(answer.header("Content-Type")).withBody(answer.bytes());
        }
        assertThat(validator.validate(request.build(), response.build()).getMessages())
                .as("%s: %s", example, answer.text())
                .isEmpty();
    }
}
