package dev.slotgate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAPI file as tests read it. */
public record Contract(String text, JsonNode tree) {

    private static final Path CHECKED_IN = Path.of("openapi/slotgate.yaml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

    /** The one that is checked in. */
    public static Contract checkedIn() {
        return read(CHECKED_IN);
    }

    static Contract read(Path file) {
        try {
            return of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Contract of(String yaml) {
        try {
            String json = new ObjectMapper().writeValueAsString(YAML.readTree(yaml));
            return new Contract(yaml, JsonMapper.shared().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every call that it states. */
    List<Call> calls() {
        var calls = new ArrayList<Call>();
        tree.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(call -> calls.add(
                                new Call(call.getKey().toUpperCase(Locale.ROOT), path.getKey(), call.getValue()))));
        return calls;
    }

    /** The codes that any call can end with. */
    public Set<String> codesOfAnyCall() {
        return codes(tree.path("components").path("responses").path("Failure"));
    }

    /** Every code that some call states. */
    public Set<String> codes() {
        var codes = new TreeSet<>(codesOfAnyCall());
        calls().forEach(call -> codes.addAll(call.codes()));
        return codes;
    }

    /** The codes that the schema of problems lists. */
    public Set<String> listedCodes() {
        var codes = new TreeSet<String>();
        tree.path("components")
                .path("schemas")
                .path("Problem")
                .path("properties")
                .path("code")
                .path("x-extensible-enum")
                .forEach(code -> codes.add(code.asString()));
        return codes;
    }

    private static Set<String> codes(JsonNode answer) {
        var codes = new TreeSet<String>();
        CODE.matcher(answer.path("description").asString("")).results().forEach(code -> codes.add(code.group(1)));
        return codes;
    }

    /** One call: its method, its path with variables, and what is stated of it. */
    record Call(String method, String path, JsonNode operation) {

        String name() {
            return method + " " + path;
        }

        String id() {
            return operation.path("operationId").asString();
        }

        /** The codes that it states for a status. */
        Set<String> codes(int status) {
            return Contract.codes(operation.path("responses").path(String.valueOf(status)));
        }

        Set<String> codes() {
            var codes = new TreeSet<String>();
            operation.path("responses").properties().stream()
                    .filter(answer -> answer.getKey().matches("[45].."))
                    .forEach(answer -> codes.addAll(Contract.codes(answer.getValue())));
            return codes;
        }

        /** Whether it is what a request asked for. */
        boolean isOf(String requestMethod, String requestPath) {
            return method.equals(requestMethod) && requestPath.matches(path.replaceAll("\\{[a-z]+}", "[^/]+"));
        }

        Stream<JsonNode> parameters() {
            return operation.path("parameters").valueStream();
        }
    }
}
