package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Batches of signatures, which share calls of the token. */
class SignedBatchIntegrationTests extends AgainstTrialGateway {

    private static final int ITEMS = 120;

    /** Each item has a message, a key and a format of its own; some are wrong in one way or another. */
    @Test
    void eachItemGetsTheSignatureOfItsOwnMessageWithItsOwnKey() throws Exception {
        List<String> keys = List.of(
                make("{'type':'EC','curve':'P-256','usage':['sign']}"),
                make("{'type':'RSA','size':2048,'usage':['sign']}"),
                make("{'type':'EC','curve':'P-384','usage':['sign']}"));
        List<String> algorithms = List.of("ES256", "PS256", "ES384");
        var items = new ArrayList<String>();
        for (int i = 0; i < ITEMS; i++) {
            items.add("{'slot':8,'operation':'sign','reference':'%d','key':'%s','algorithm':'%s','message':'%s'%s}"
                    .formatted(
                            i,
                            i % 20 == 19 ? "no such key" : keys.get(i % 3),
                            i % 20 == 9 ? "ES512" : algorithms.get(i % 3),
                            message(i),
                            i % 3 != 1 && i % 2 == 0 ? ",'format':'der'" : ""));
        }
        JsonNode signed = batch(items);

        var checks = new ArrayList<String>();
        for (int i = 0; i < ITEMS; i++) {
            JsonNode item = signed.path(i);
            assertThat(item.path("reference").asString()).isEqualTo(String.valueOf(i));
            if (i % 10 == 9) {
                assertThat(item.path("status").asInt()).as(item.toString()).isEqualTo(i % 20 == 19 ? 404 : 422);
                continue;
            }
            JsonNode body = item.path("body");
            assertThat(body.path("key").asString()).isEqualTo(keys.get(i % 3));
            // Its own message, and the next one's.
            for (int message : new int[] {i, i + 1}) {
                checks.add(
                        "{'slot':8,'operation':'verify','key':'%s','algorithm':'%s','message':'%s','signature':'%s','format':'%s'}"
                                .formatted(
                                        keys.get(i % 3),
                                        algorithms.get(i % 3),
                                        message(message),
                                        body.path("signature").asString(),
                                        body.path("format").asString()));
            }
        }
        JsonNode verified = batch(checks);
        for (int i = 0; i < checks.size(); i++) {
            assertThat(verified.path(i).path("body").path("valid").asBoolean())
                    .as(verified.path(i).toString())
                    .isEqualTo(i % 2 == 0);
        }
    }

    private static String message(int number) {
        return Base64.getEncoder().encodeToString(new byte[] {(byte) number, 1});
    }

    private String make(String key) throws Exception {
        Gateway.Answer made = admin.post("/slots/8/keys", key);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private JsonNode batch(List<String> items) throws Exception {
        Gateway.Answer answer = admin.post("/batch", "{'items':[%s]}".formatted(String.join(",", items)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("items");
    }
}
