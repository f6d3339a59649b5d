package dev.slotgate.web;

import dev.slotgate.security.Guarded;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** States of each call who may make it, how long its body may be, and what it can end with. */
final class ContractOperations implements OperationCustomizer {

    static final String FAILURE = "Failure";

    private static final String OCTETS = org.springframework.http.MediaType.APPLICATION_OCTET_STREAM_VALUE;
    private static final String PROBLEM = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;
    private static final String ANY_SIZE =
            "\n\nAs `application/octet-stream`, with the other fields in the query, the body has"
                    + " any size: it must come at 64 KiB a second or more.";
    private static final Pattern WORD = Pattern.compile("\\.(.)");

    @Override
    public Operation customize(Operation operation, HandlerMethod call) {
        Guarded guarded = call.getMethodAnnotation(Guarded.class);
        if (guarded != null) {
            boolean streams = Stream.of(call.getMethodParameters())
                    .anyMatch(each -> each.getParameterType() == InputStream.class);
            if (streams) {
                takeStream(operation);
            }
            // Two methods, one for each kind of body, are one call here, and either may come first.
            if (!streams || operation.getDescription() == null) {
                operation.description(description(guarded, operation));
            }
            describe(operation, guarded);
            ContractProblems.of(call).forEach((status, codes) -> addProblems(operation, status, codes));
            operation.getResponses().addApiResponse("default", new ApiResponse().$ref(FAILURE));
        }
        return operation;
    }

    private static void takeStream(Operation operation) {
        RequestBody body = Objects.requireNonNullElseGet(operation.getRequestBody(), RequestBody::new);
        Content content = Objects.requireNonNullElseGet(body.getContent(), Content::new);
        var stream = new MediaType().schema(new StringSchema().format("binary"));
        operation.requestBody(body.content(content.addMediaType(OCTETS, stream)));
        if (operation.getDescription() != null && !operation.getDescription().endsWith(ANY_SIZE)) {
            operation.description(operation.getDescription() + ANY_SIZE);
        }
    }

    private static void describe(Operation operation, Guarded guarded) {
        operation.operationId(identifier(guarded.action())).security(ContractScopes.requirements(guarded));
        Stream.ofNullable(operation.getParameters())
                .flatMap(List::stream)
                .filter(parameter -> parameter.getName().equals("slot"))
                .forEach(slot -> slot.schema(new IntegerSchema().format("int32")));
        if (guarded.changesState()) {
            operation.addParametersItem(new Parameter()
                    .in("header")
                    .name(IdempotencyInterceptor.HEADER)
                    .description("The same key and body get the first answer again, for 24 hours.")
                    .schema(new StringSchema().minLength(1).maxLength(255)));
        }
        operation.getResponses().values().forEach(ContractOperations::nameRawBodies);
    }

    private static String description(Guarded guarded, Operation operation) {
        String text = ContractScopes.text(guarded);
        if (operation.getRequestBody() != null) {
            text += "\n\nBody: at most " + size(guarded.maxBody()) + ".";
            Content content = operation.getRequestBody().getContent();
            text += content != null && content.containsKey(OCTETS) ? ANY_SIZE : "";
        }
        return guarded.inBatch() ? text + "\n\nCan be an item of a batch." : text;
    }

    private static String size(int bytes) {
        return bytes < Guarded.MEBIBYTE ? bytes / 1024 + " KiB" : bytes / Guarded.MEBIBYTE + " MiB";
    }

    /** {@code keys.generate} becomes {@code keysGenerate}: generators of clients make method names of it. */
    private static String identifier(String action) {
        return WORD.matcher(action).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    private static void addProblems(Operation operation, int status, Set<String> codes) {
        ApiResponse stated = operation.getResponses().get(String.valueOf(status));
        if (stated != null && stated.getDescription() != null) {
            Stream.of(stated.getDescription().split("[`, ]+"))
                    .filter(code -> !code.isEmpty())
                    .forEach(codes::add);
        }
        operation
                .getResponses()
                .addApiResponse(
                        String.valueOf(status),
                        new ApiResponse()
                                .description("`" + String.join("`, `", codes) + "`")
                                .content(problem()));
    }

    static Content problem() {
        var problem = new MediaType().schema(new Schema<>().$ref(ProblemSchema.NAME));
        return new Content().addMediaType(PROBLEM, problem);
    }

    /** What a method answers as bytes is not base64. */
    private static void nameRawBodies(ApiResponse answer) {
        if (answer.getContent() != null) {
            for (Map.Entry<String, MediaType> body : answer.getContent().entrySet()) {
                Schema<?> schema = body.getValue().getSchema();
                if (schema != null && "byte".equals(schema.getFormat())) {
                    body.getValue().schema(raw(body.getKey()));
                }
            }
        }
    }

    private static Schema<?> raw(String mediaType) {
        return mediaType.endsWith("json")
                ? new ObjectSchema()
                : mediaType.contains("pem") ? new StringSchema() : new StringSchema().format("binary");
    }
}
