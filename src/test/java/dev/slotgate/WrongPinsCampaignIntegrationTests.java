package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.pkcs11.ShimInFront;
import dev.slotgate.security.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Wrong PINs of both roles, on every endpoint that takes one, by many callers: on SoftHSM, on openCryptoki, which locks for
 * real, and on SoftHSM behind the shim, which locks at the third.
 */
class WrongPinsCampaignIntegrationTests {

    private static final int ATTEMPTS = Campaign.count(1_000);
    private static final int CALLERS = 250;
    private static final List<String> CALLS = List.of("login", "user/change", "so/change", "user/reset", "init");

    @TempDir
    Path data;

    @TempDir
    Path shim;

    private final Map<String, Integer> answers = new TreeMap<>();

    @Test
    void noneIsAcceptedAndNoTokenComesToItsLastTry() throws Exception {
        var environment = new HashMap<>(PinToken.OPENCRYPTOKI.prepare());
        try (var first = LaunchedGateway.start(data, environment).awaitReady()) {
            // The shim's process does not see tokens that are made after its start.
            first.stop();
        }
        environment.putAll(ShimInFront.of(shim, "lockout=3\n"));
        environment.put("SLOTGATE_MODULES_2_NAME", "shim");
        environment.put("SLOTGATE_MODULES_2_LIBRARY", ShimInFront.library(shim).toString());
        try (var gateway = LaunchedGateway.start(data, environment).awaitReady()) {
            Gateway stranger = new Gateway(gateway.url(), data);
            Gateway admin = stranger.as("", "*");
            JsonNode slots = admin.get("/slots").json().path("items");
            List<Integer> ids = new ArrayList<>();
            slots.forEach(slot -> ids.add(slot.path("id").asInt()));
            assertThat(ids)
                    .as("ten of SoftHSM, the same behind the shim, and one of openCryptoki")
                    .hasSize(21);
            for (int i = 0; i < ATTEMPTS; i++) {
                Gateway caller = caller(stranger, i % CALLERS);
                JsonNode slot = slots.get(i % slots.size());
                Gateway.Answer answer = attempt(caller, slot, CALLS.get(i / slots.size() % CALLS.size()), i);
                assertThat(answer.status()).as(answer.text()).isIn(403, 423, 429);
                answers.merge(answer.json().path("code").asString(), 1, Integer::sum);
            }
            for (JsonNode slot : admin.get("/slots").json().path("items")) {
                assertThat(slot.toString()).doesNotContain("\"finalTry\":true", "\"locked\":true");
                assertThat(slot.path("state").asString()).as(slot.toString()).isEqualTo("ready");
            }
        }
        Campaign.report(
                "wrong-pins", "%d wrong PINs: %s; no token at its last try, none locked".formatted(ATTEMPTS, answers));
        assertThat(answers).containsKey("pin-incorrect");
    }

    private static Gateway.Answer attempt(Gateway caller, JsonNode slot, String call, int i) throws Exception {
        String path = "/slots/" + slot.path("id").asInt();
        String wrong = "wrong-" + i % 10;
        return switch (call) {
            case "login" -> caller.put(path + "/login", "{'pin':'%s'}".formatted(wrong));
            case "user/reset" ->
                caller.post(path + "/pins/user/reset", "{'soPin':'%s','newPin':'good-pin'}".formatted(wrong));
            case "init" ->
                caller.post(
                        path + "/init",
                        "{'label':'%1$s','confirm':'%1$s','soPin':'%2$s','userPin':'good-pin'}"
                                .formatted(slot.path("label").asString(), wrong));
            default -> caller.post(path + "/pins/" + call, "{'currentPin':'%s','newPin':'good-pin'}".formatted(wrong));
        };
    }

    private static Gateway caller(Gateway stranger, int number) throws Exception {
        return stranger.with(stranger.forge(
                claims -> claims.subject("mallory-" + number).claim("scope", String.join(" ", Scope.all()))));
    }
}
