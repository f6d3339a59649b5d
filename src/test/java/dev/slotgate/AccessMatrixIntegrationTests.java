package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.security.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Every endpoint that there is, with every scope and every kind of slots: it opens to whom the table says and to nobody else. */
class AccessMatrixIntegrationTests extends AgainstTrialGateway {

    private static final int THERE = 8;
    private static final int NOT_THERE = 77;

    /** Its calls without a body do what they are for. */
    private static final int TO_SPOIL = 9;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private int cells;

    @Test
    void everyEndpointHasARuleAndEveryRuleAnEndpoint() {
        assertThat(endpoints().stream().map(Endpoint::name).distinct())
                .containsExactlyInAnyOrderElementsOf(AccessRules.calls());
    }

    @Test
    void theContractStatesTheRules() throws Exception {
        var stated = new TreeMap<String, List<Set<String>>>();
        for (Contract.Call call : Contract.checkedIn().calls()) {
            var alternatives = new ArrayList<Set<String>>();
            for (JsonNode one : call.operation().path("security")) {
                alternatives.add(texts(one.path("accessToken")));
            }
            stated.put(call.name(), alternatives);
        }

        assertThat(stated.keySet()).containsExactlyInAnyOrderElementsOf(AccessRules.calls());
        stated.forEach((call, alternatives) ->
                assertThat(alternatives).as(call).containsExactlyInAnyOrderElementsOf(AccessRules.of(call)));
    }

    @Test
    void withoutATokenNothingOpens() throws Exception {
        for (Endpoint endpoint : endpoints()) {
            for (int slot : new int[] {THERE, NOT_THERE}) {
                Gateway.Answer answer = endpoint.call(stranger, slot);
                assertProblem(answer, 401, "unauthenticated");
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            }
        }
    }

    @Test
    void aTokenOpensWhatItsScopesOpenAndNothingElse() throws Exception {
        for (Set<String> scopes : scopes()) {
            Gateway caller = caller(scopes, "*");
            for (Endpoint endpoint : endpoints()) {
                boolean open = AccessRules.open(endpoint.name(), scopes);
                Gateway.Answer answer = endpoint.call(caller, endpoint.spoils() ? TO_SPOIL : THERE);
                String cell = endpoint + " with " + scopes + ": " + answer.status() + " " + answer.text();
                assertThat(isPassed(answer)).as(cell).isEqualTo(open);
                if (!open) {
                    assertProblem(answer, 403, "insufficient-scope");
                    assertThat(shape(answer, THERE)).isEqualTo(shape(endpoint.call(caller, NOT_THERE), NOT_THERE));
                }
                cells++;
            }
        }
        Campaign.report("access-matrix", cells + " cells of endpoint and scopes");
    }

    @Test
    void aSlotThatIsNotTheCallersIsAnsweredLikeOneThatIsNotThere() throws Exception {
        for (Endpoint endpoint : endpoints()) {
            Set<String> enough = AccessRules.of(endpoint.name()).getFirst();
            if (!endpoint.hasSlot()) {
                continue;
            }
            for (Object claim : narrow()) {
                Gateway caller = caller(enough, claim);
                Gateway.Answer notHis = endpoint.call(caller, THERE);
                assertProblem(notHis, 404, "slot-not-found");
                assertThat(shape(notHis, THERE))
                        .as("%s with slots %s", endpoint, claim)
                        .isEqualTo(shape(endpoint.call(caller, NOT_THERE), NOT_THERE));
                cells++;
            }
            Gateway.Answer notThere = endpoint.call(caller(enough, "*"), NOT_THERE);
            if (endpoint.isWithoutBody()) {
                assertThat(shape(notThere, NOT_THERE))
                        .isEqualTo(shape(endpoint.call(caller(enough, List.of()), THERE), THERE));
            }
        }
        Campaign.report("access-matrix", cells + " cells of endpoint and slots");
    }

    @Test
    void eachItemOfABatchIsHeldToItsOwnRule() throws Exception {
        List<String> operations = Endpoint.inBatch(mappings);
        for (Set<String> scopes : List.of(Set.of("crypto.use"), Set.of("crypto.public"))) {
            for (Object claim : narrow()) {
                JsonNode there = batch(caller(scopes, claim), operations, THERE);
                JsonNode notThere = batch(caller(scopes, "*"), operations, NOT_THERE);
                JsonNode whole = batch(caller(scopes, "*"), operations, THERE);
                for (int i = 0; i < operations.size(); i++) {
                    boolean open = AccessRules.open("POST /slots/{slot}/" + operations.get(i), scopes);
                    assertThat(shape(there.get(i), THERE)).isEqualTo(shape(notThere.get(i), NOT_THERE));
                    assertThat(there.get(i).path("status").asInt()).isEqualTo(open ? 404 : 403);
                    assertThat(whole.get(i).path("status").asInt())
                            .as(operations.get(i) + " with " + scopes)
                            .isEqualTo(open ? 400 : 403);
                    cells++;
                }
            }
        }
        Campaign.report("access-matrix", cells + " cells of batch item, scope and slots");
    }

    @Test
    void whatEncryptionNeedsIsDecidedByItsAlgorithm() throws Exception {
        for (var needed :
                Map.of("A256GCM", "crypto.use", "RSA-OAEP-256", "crypto.public").entrySet()) {
            String fields = "{'key':'00','algorithm':'%s','plaintext':''}".formatted(needed.getKey());
            for (String scope : List.of("crypto.use", "crypto.public")) {
                Gateway caller = caller(Set.of(scope), "*");
                int status = scope.equals(needed.getValue()) ? 404 : 403;
                assertThat(caller.post("/slots/8/encrypt", fields).status()).isEqualTo(status);
                String item = fields.replace("{", "{'slot':8,'operation':'encrypt',");
                assertThat(caller.post("/batch", "{'items':[" + item + "]}")
                                .json()
                                .at("/items/0/status")
                                .asInt())
                        .isEqualTo(status);
            }
        }
    }

    @Test
    void metricsHaveTheirScopeAndNoOtherActuatorEndpointOpens() throws Exception {
        for (Set<String> scopes : scopes()) {
            Gateway caller = caller(scopes, "*");
            boolean open = scopes.contains("metrics.read");
            assertThat(caller.get("/actuator/prometheus").status()).isEqualTo(open ? 200 : 403);
            assertThat(caller.get("/actuator/env").status()).isEqualTo(403);
            assertThat(caller.get("/actuator").status()).isEqualTo(403);
        }
    }

    @Test
    void whoeverHasATokenIsToldWhatItSays() throws Exception {
        JsonNode all =
                caller(Set.of("slots.read", "keys.read"), "*").get("/whoami").json();
        assertThat(all.toString())
                .isEqualTo(
                        "{\"subject\":\"forger\",\"client\":null,\"scopes\":[\"keys.read\",\"slots.read\"],\"slots\":\"*\"}");
        assertThat(caller(Set.of(), List.of(2, "1"))
                        .get("/whoami")
                        .json()
                        .path("slots")
                        .toString())
                .isEqualTo("[1,2]");
        assertThat(caller(Set.of(), null).get("/whoami").json().path("slots").toString())
                .isEqualTo("[]");
        assertThat(admin.get("/whoami").json().path("client").asString()).isEqualTo("slotgate-admin");
    }

    /** No scope, each by itself, all but each, and what the rules ask for. */
    private static Set<Set<String>> scopes() {
        var sets = new LinkedHashSet<Set<String>>();
        sets.add(Set.of());
        for (String scope : Scope.all()) {
            sets.add(Set.of(scope));
            var others = new TreeSet<>(Scope.all());
            others.remove(scope);
            sets.add(others);
        }
        AccessRules.calls().forEach(call -> sets.addAll(AccessRules.of(call)));
        return sets;
    }

    /** Claims {@code slots} that do not open the slot; null is no claim. */
    private static List<@Nullable Object> narrow() {
        var claims = new ArrayList<@Nullable Object>(List.of(List.of(), List.of(1), List.of("1", 2)));
        claims.add(null);
        return claims;
    }

    private Gateway caller(Set<String> scopes, @Nullable Object slots) throws Exception {
        return stranger.with(stranger.forge(
                c -> c.claim("scope", String.join(" ", new TreeSet<>(scopes))).claim("slots", slots)));
    }

    /** Whether the call came past the rules: what it was answered then depends on what it asks for, and it asks for nonsense. */
    private static boolean isPassed(Gateway.Answer answer) {
        return answer.status() < 500
                && answer.status() != 401
                && answer.status() != 403
                && !(answer.status() == 404 && answer.text().contains("slot-not-found"));
    }

    private static JsonNode batch(Gateway caller, List<String> operations, int slot) throws Exception {
        List<String> items = operations.stream()
                .map(name -> "{'slot':%d,'operation':'%s'}".formatted(slot, name))
                .toList();
        Gateway.Answer answer = caller.post("/batch", "{'items':[" + String.join(",", items) + "]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("items");
    }

    /** All of an answer but what is different in every one. */
    private static String shape(Gateway.Answer answer, int slot) {
        var headers = new TreeMap<>(answer.http().headers().map());
        headers.keySet().removeAll(Set.of("x-request-id", "date", "content-length"));
        return answer.status() + " " + headers + " " + shape(answer.json(), slot);
    }

    private static String shape(JsonNode problem, int slot) {
        return problem.toString()
                .replaceAll("\"requestId\":\"[^\"]*\"|urn:slotgate:request:[^\"]*", "-")
                .replace("'" + slot + "'", "'<slot>'");
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new TreeSet<String>();
        list.forEach(one -> texts.add(one.asString()));
        return texts;
    }

    private List<Endpoint> endpoints() {
        return Endpoint.of(mappings);
    }
}
