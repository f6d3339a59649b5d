package dev.slotgate.web;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.Pin;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** The contract at {@code /openapi.yaml}: what the code does not say by itself. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String TOKEN = "accessToken";
    private static final String PROBLEM = "Problem";
    private static final String OCTETS = org.springframework.http.MediaType.APPLICATION_OCTET_STREAM_VALUE;
    private static final Pattern WORD = Pattern.compile("\\.(.)");

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
                        .description("A REST gateway in front of PKCS#11 tokens.")
                        .version("1")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSchemas(PROBLEM, ProblemSchema.get())
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")));
    }

    /** States each call's scope, and that whatever goes wrong is a problem. */
    @Bean
    OperationCustomizer scopesAndProblems() {
        return (operation, method) -> {
            Guarded guarded = method.getMethodAnnotation(Guarded.class);
            if (guarded != null) {
                describe(operation, guarded);
            }
            return operation;
        };
    }

    /** States that a method that reads a stream takes the body as it is, beside what other methods take at the same path. */
    @Bean
    OperationCustomizer streams() {
        return (operation, method) -> {
            if (Stream.of(method.getMethodParameters())
                    .anyMatch(each -> each.getParameterType() == InputStream.class)) {
                RequestBody body = Objects.requireNonNullElseGet(operation.getRequestBody(), RequestBody::new);
                Content content = Objects.requireNonNullElseGet(body.getContent(), Content::new);
                var stream = new MediaType().schema(new StringSchema().format("binary"));
                operation.requestBody(body.content(content.addMediaType(OCTETS, stream)));
            }
            return operation;
        };
    }

    private static void describe(Operation operation, Guarded guarded) {
        operation
                .operationId(identifier(guarded.action()))
                .description(scopes(guarded))
                .security(requirements(guarded));
        Stream.ofNullable(operation.getParameters())
                .flatMap(List::stream)
                .filter(parameter -> parameter.getName().equals("slot"))
                .forEach(slot -> slot.schema(new IntegerSchema().format("int32")));
        var problem = new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM));
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("The call failed (RFC 9457).")
                                .content(new Content().addMediaType("application/problem+json", problem)));
    }

    private static String scopes(Guarded guarded) {
        if (guarded.anyCaller()) {
            return "Scope: none, any valid token will do";
        }
        List<String> scopes = Stream.concat(Stream.of(guarded.scope()), Stream.of(guarded.oneOf()))
                .map(Scope::text)
                .toList();
        String word = guarded.oneOf().length == 0 ? "`, `" : "` or `";
        return "Scope: `" + String.join(word, scopes) + "`";
    }

    /** All of the scopes together; of those of which one is needed, each by itself. */
    private static List<SecurityRequirement> requirements(Guarded guarded) {
        List<String> all = Stream.of(guarded.scope()).map(Scope::text).toList();
        return guarded.oneOf().length == 0
                ? List.of(new SecurityRequirement().addList(TOKEN, all))
                : Stream.of(guarded.oneOf())
                        .map(scope -> new SecurityRequirement().addList(TOKEN, scope.text()))
                        .toList();
    }

    /** {@code keys.generate} becomes {@code keysGenerate}: generators of clients make method names of it. */
    private static String identifier(String action) {
        return WORD.matcher(action).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    private static Schema<?> anything() {
        return new Schema<>(SpecVersion.V31)
                .types(new TreeSet<>(List.of("object", "array", "string", "number", "boolean", "null")));
    }
}
