package dev.slotgate.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.yaml.snakeyaml.Yaml;

/**
 * Puts the examples into the contract. They are one story, in the order in which the calls can be made against a trial: what
 * one is answered, another one sends.
 */
final class ContractExamples implements OpenApiCustomizer {

    private static final String FILE = "/contract/examples.yaml";
    private static final String JSON = org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

    private final List<Map<String, @Nullable Object>> steps;

    private ContractExamples(List<Map<String, @Nullable Object>> steps) {
        this.steps = steps;
    }

    static ContractExamples read() {
        try (InputStream file = Objects.requireNonNull(ContractExamples.class.getResourceAsStream(FILE))) {
            return new ContractExamples(new Yaml().load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void customise(OpenAPI contract) {
        Map<String, Operation> calls = contract.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .collect(Collectors.toMap(Operation::getOperationId, call -> call));
        for (Map<String, @Nullable Object> step : steps) {
            String call = text(step, "call", "");
            add(step, Objects.requireNonNull(calls.get(call), call));
        }
    }

    private static void add(Map<String, @Nullable Object> step, Operation call) {
        String name = text(step, "name", "trial");
        if (step.get("parameters") instanceof Map<?, ?> values) {
            values.forEach((parameter, value) -> Stream.ofNullable(call.getParameters())
                    .flatMap(List::stream)
                    .filter(each -> each.getName().equals(parameter))
                    .forEach(each -> each.addExample(name, new Example().value(value))));
        }
        if (step.containsKey("body")) {
            body(call.getRequestBody().getContent(), text(step, "type", JSON))
                    .addExamples(name, new Example().value(step.get("body")));
        }
        ApiResponse answer = Objects.requireNonNull(call.getResponses().get(text(step, "status", "200")));
        if (step.containsKey("answer")) {
            body(answer.getContent(), text(step, "answerType", JSON))
                    .addExamples(name, new Example().value(step.get("answer")));
        }
    }

    private static MediaType body(Content content, String mediaType) {
        return Objects.requireNonNull(content.get(mediaType), mediaType);
    }

    private static String text(Map<String, @Nullable Object> step, String field, String otherwise) {
        return String.valueOf(Objects.requireNonNullElse(step.get(field), otherwise));
    }
}
