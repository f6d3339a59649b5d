package dev.slotgate.web;

import dev.slotgate.security.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract as it is served: {@code openapi/slotgate.yaml}, which a test compares with the code.
 *
 * @param yaml UTF-8
 * @param json UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record ServedContract(byte[] yaml, byte[] json) {

    private static final Resource FILE = new ClassPathResource("/contract/slotgate.yaml", ServedContract.class);
    private static final String LOGIN = "trialIssuer";
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    static ServedContract asBuilt() {
        byte[] file = file();
        return new ServedContract(file, json(tree(file)));
    }

    /**
     * With the way to an access token of the embedded issuer, so that Swagger UI can fetch one, as {@code slotgate-admin} or
     * {@code slotgate-service} with its secret from the data folder.
     */
    static ServedContract withEmbeddedIssuer() {
        Map<String, Object> tree = tree(file());
        member(member(tree, "components"), "securitySchemes").put(LOGIN, login());
        member(tree, "paths").keySet().forEach(path -> allowLogin(member(member(tree, "paths"), path)));
        return new ServedContract(texts().dump(tree).getBytes(StandardCharsets.UTF_8), json(tree));
    }

    private static Map<String, Object> login() {
        var scopes = new TreeMap<String, Object>();
        Scope.all().forEach(scope -> scopes.put(scope, ""));
        var flow = new TreeMap<String, Object>(Map.of("tokenUrl", "/oauth2/token", "scopes", scopes));
        return new TreeMap<>(Map.of(
                "type",
                "oauth2",
                "description",
                "The trial's own issuer. The secrets of its clients are in the folder `clients` of the data folder.",
                "flows",
                Map.of("clientCredentials", flow)));
    }

    /** Beside each of a call's rules, the same one for a token from there. */
    private static void allowLogin(Map<String, Object> path) {
        METHODS.stream().filter(path::containsKey).forEach(method -> {
            Map<String, Object> call = member(path, method);
            if (call.get("security") instanceof List<?> rules) {
                var all = new ArrayList<Object>(rules);
                rules.forEach(rule -> ((Map<?, ?>) rule)
                        .values()
                        // Of a list that stands there twice, YAML would have the second as a reference.
                        .forEach(scopes -> all.add(Map.of(LOGIN, List.copyOf((List<?>) scopes)))));
                call.put("security", all);
            }
        });
    }

    @SuppressWarnings("unchecked") // The contract's own form, as the test that compares it with the code knows it.
    private static Map<String, Object> member(Map<String, Object> tree, String name) {
        return (Map<String, Object>) Objects.requireNonNull(tree.get(name), name);
    }

    private static byte[] file() {
        try {
            return FILE.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LinkedHashMap<String, Object> tree(byte[] file) {
        return texts().load(new String(file, StandardCharsets.UTF_8));
    }

    private static byte[] json(Map<String, Object> tree) {
        return JsonMapper.shared().writeValueAsBytes(tree);
    }

    /** YAML in which what looks like a time is a text, as in JSON. */
    private static Yaml texts() {
        var loading = new LoaderOptions();
        var dumping = new DumperOptions();
        dumping.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading, new Resolver() {
            @Override
            public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
                if (!tag.equals(Tag.TIMESTAMP)) {
                    super.addImplicitResolver(tag, pattern, first, limit);
                }
            }
        });
    }
}
