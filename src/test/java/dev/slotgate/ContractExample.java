package dev.slotgate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call with the values that the contract gives as an example.
 *
 * @param name what the parameters, the body and the answer of one example have in common
 * @param mediaType of the body
 * @param answer a text or JSON; missing when there is none
 */
record ContractExample(
        Contract.Call call,
        String name,
        String mediaType,
        @Nullable String body,
        int status,
        String accepted,
        JsonNode answer) {

    private static final Path ORDER = Path.of("src/test/resources/contract/examples.yaml");
    private static final String JSON = "application/json";

    /** In the order in which they can be made, all as the contract has them. */
    static List<ContractExample> story(Contract contract) throws Exception {
        Map<String, Contract.Call> calls =
                contract.calls().stream().collect(Collectors.toMap(Contract.Call::id, call -> call));
        var story = new ArrayList<ContractExample>();
        for (JsonNode step : Contract.of(Files.readString(ORDER)).tree()) {
            Contract.Call call =
                    Objects.requireNonNull(calls.get(step.path("call").asString()));
            story.add(of(
                    call,
                    step.path("name").asString("trial"),
                    step.has("body") ? step.path("type").asString(JSON) : "",
                    step.path("status").asInt(200)));
        }
        return story;
    }

    private static ContractExample of(Contract.Call call, String name, String mediaType, int status) {
        JsonNode body = call.operation().path("requestBody").path("content").path(mediaType);
        String accepted = "application/json, application/problem+json";
        JsonNode answer = body.path("none");
        for (var one : call.operation()
                .path("responses")
                .path(String.valueOf(status))
                .path("content")
                .properties()) {
            JsonNode given = value(one.getValue(), name);
            if (!given.isMissingNode()) {
                accepted = one.getKey() + ", application/problem+json";
                answer = given;
            }
        }
        JsonNode sent = value(body, name);
        String text = sent.isMissingNode() ? null : sent.isString() ? sent.asString() : sent.toString();
        return new ContractExample(call, name, mediaType, text, status, accepted, answer);
    }

    /** The path, and the query where there is one. */
    String target() {
        String path = call.path();
        var query = new ArrayList<String>();
        for (JsonNode parameter : call.parameters().toList()) {
            String variable = parameter.path("name").asString();
            String value = value(parameter, name).asString("");
            if (parameter.path("in").asString().equals("path")) {
                path = path.replace("{" + variable + "}", value);
            } else if (!value.isEmpty()) {
                query.add(variable + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static JsonNode value(JsonNode holder, String name) {
        return holder.path("examples").path(name).path("value");
    }

    @Override
    public String toString() {
        return call.name() + " (" + name + ")";
    }
}
