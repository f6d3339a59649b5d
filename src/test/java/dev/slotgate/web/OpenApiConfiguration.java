package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.Pin;
import dev.slotgate.security.Caller;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import java.util.TreeSet;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/** Has the contract made from the code, with what the code does not say by itself. */
@TestConfiguration(proxyBeanMethods = false)
public class OpenApiConfiguration {

    private static final String ABOUT = """
            A REST gateway in front of PKCS#11 tokens.

            Binary values are standard base64 (RFC 4648 section 4), in query parameters base64url. Times are RFC 3339 in UTC.
            Sizes of keys are in bits. A field that is unknown, or of another type, is refused.

            Errors are problem details (RFC 9457) with a `code`. Each call states the codes that follow from what it does, by
            status; what any call may end with stands in the response `Failure`. Clients must be ready for codes, fields and
            calls that are added.

            Where the configuration limits rates, answers have `RateLimit` headers, and a call too many is 429 with
            `Retry-After`; a batch counts as one call, and each of its items as another.
            """;

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(AuditTrail.class, Caller.class, KeyUser.class, KeyId.class)
                .replaceWithSchema(Pin.class, new StringSchema().format("password"))
                .replaceWithSchema(JsonNode.class, anything());
    }

    @Bean
    OpenAPI contract() {
        return new OpenAPI()
                .info(new Info()
                        .title("Slotgate")
                        .description(ABOUT)
                        .version("1")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .tags(List.of(
                        tag("Slots", "Slots, the tokens in them, and who calls."),
                        tag("PINs", "The PINs of tokens."),
                        tag("Keys", "Keys and who may use them."),
                        tag("Certificates", "Certificates of keys."),
                        tag("Crypto", "The use of keys."),
                        tag("Audit", "The records of calls.")))
                .components(new Components()
                        .addSchemas(ProblemSchema.NAME, ProblemSchema.get())
                        .addResponses(
                                ContractOperations.FAILURE,
                                new ApiResponse()
                                        .description("Any call can also end with: " + ContractProblems.ofAnyCall())
                                        .content(ContractOperations.problem()))
                        .addSecuritySchemes(
                                ContractScopes.TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description("An access token of the configured issuer; in a trial, what"
                                                + " `./slotgate token` prints.")));
    }

    @Bean
    OperationCustomizer contractOperations() {
        return new ContractOperations();
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    OpenApiCustomizer contractExamples() {
        return ContractExamples.read();
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }

    private static Schema<?> anything() {
        var anything = new Schema<>(SpecVersion.V31);
        anything.setTypes(new TreeSet<>(List.of("object", "array", "string", "number", "boolean", "null")));
        anything.setItems(new Schema<>(SpecVersion.V31));
        return anything;
    }
}
