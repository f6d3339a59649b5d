package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that a seeded generator makes of the contract, right and wrong: no answer is a failure of the gateway, and whatever
 * is refused is refused with a problem. Destructive calls go to a slot of their own.
 */
class FuzzCampaignIntegrationTests extends AgainstTrialGateway {

    private static final int REQUESTS = Campaign.count(100_000);
    private static final long SEED = 20_261_126;
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    /** A slot that tests of this class alone use; no PIN of it is changed, since wrong ones lock callers out. */
    private static final String SLOT = "5";

    private final JsonMapper json = JsonMapper.shared();
    private final Random random = new Random(SEED);
    private final List<String> keys = new ArrayList<>();

    @Test
    void nothingThatIsSentMakesTheGatewayFail() throws Exception {
        JsonNode contract = contract();
        List<Call> calls = calls(contract);
        var values = new FuzzValues(random, contract, keys);
        var statuses = new TreeMap<Integer, Integer>();
        var wrong = new ArrayList<String>();
        for (int i = 0; i < REQUESTS; i++) {
            if (i % 500 == 0) {
                rememberKeys();
            }
            Call call = calls.get(random.nextInt(calls.size()));
            String body = values.body(call.operation);
            String path = values.path(call.path, call.operation, SLOT);
            Gateway.Answer answer = send(call, path, body);
            statuses.merge(answer.status(), 1, Integer::sum);
            if (!isAsPromised(answer)) {
                wrong.add("%s %s %s -> %d %s".formatted(call.method, path, body, answer.status(), answer.text()));
            }
        }
        Campaign.report("fuzz", "%d requests to %d calls: %s".formatted(REQUESTS, calls.size(), statuses));
        assertThat(wrong).isEmpty();
        assertThat(statuses.headMap(300).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .as("requests that were right: without them nothing is reached but the checks")
                .isGreaterThan(REQUESTS / 10);
    }

    /** A token that is in trouble or busy is declared (503); nothing else of the fifth hundred is. */
    private boolean isAsPromised(Gateway.Answer answer) {
        if (answer.status() < 400) {
            return true;
        }
        return (answer.status() < 500 || answer.status() == 503)
                && answer.header("Content-Type").startsWith("application/problem+json")
                && answer.json().path("code").isString();
    }

    private Gateway.Answer send(Call call, String path, String body) throws Exception {
        HttpRequest.Builder request = admin.request(path);
        if (!call.mediaType.isEmpty()) {
            request.header("Content-Type", random.nextInt(50) == 0 ? "text/plain" : call.mediaType);
        }
        return admin.send(request.method(
                call.method.toUpperCase(java.util.Locale.ROOT),
                call.mediaType.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body)));
    }

    private void rememberKeys() throws Exception {
        keys.clear();
        for (JsonNode key :
                admin.get("/slots/" + SLOT + "/keys?limit=200").json().path("items")) {
            keys.add(key.path("id").asString());
        }
        while (keys.size() > 100) {
            admin.delete("/slots/" + SLOT + "/keys/" + keys.removeLast());
        }
    }

    private JsonNode contract() throws Exception {
        Map<String, Object> yaml = new Yaml().load(admin.get("/openapi.yaml").text());
        return json.valueToTree(yaml);
    }

    /** Those that would lock the slot, or callers out, have their own tests. */
    private static List<Call> calls(JsonNode contract) {
        var calls = new ArrayList<Call>();
        contract.path("paths").properties().forEach(path -> {
            for (String method : METHODS) {
                JsonNode operation = path.getValue().path(method);
                boolean spared = path.getKey().contains("/pins/")
                        || path.getKey().endsWith("/login")
                        || path.getKey().endsWith("/init");
                if (operation.isMissingNode() || spared) {
                    continue;
                }
                List<String> types = List.copyOf(
                        operation.path("requestBody").path("content").propertyNames());
                if (types.isEmpty()) {
                    calls.add(new Call(path.getKey(), method, "", operation));
                }
                types.forEach(type -> calls.add(new Call(path.getKey(), method, type, operation)));
            }
        });
        return calls;
    }

    private record Call(String path, String method, String mediaType, JsonNode operation) {}
}
