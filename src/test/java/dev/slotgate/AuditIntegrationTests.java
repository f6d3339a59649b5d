package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running gateway records of its calls, and what auditors see of it. */
@ExtendWith(OutputCaptureExtension.class)
class AuditIntegrationTests extends AgainstTrialGateway {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final String requestId = "audit-" + UUID.randomUUID();

    @Test
    void aCallHasARecordThatSaysWhoDidWhatWithWhich() throws Exception {
        String key = makeKey("/slots/1/keys");
        admin.post(
                "/slots/1/sign",
                "{'key':'%s','algorithm':'ES256','message':'YQ=='}".formatted(key),
                "X-Request-Id",
                requestId);

        JsonNode found = record("/audit?slot=1&action=crypto.sign&key=" + key);
        assertThat(found.path("id").asString())
                .isEqualTo(found.path("instance").asString() + "-"
                        + found.path("sequence").asLong());
        assertThat(found.path("kind").asString()).isEqualTo("call");
        assertThat(found.path("requestId").asString()).isEqualTo(requestId);
        assertThat(found.path("subject").asString()).isEqualTo("slotgate-admin");
        assertThat(found.path("scopes").toString()).contains("crypto.use");
        assertThat(found.path("source").asString()).isEqualTo("127.0.0.1");
        assertThat(found.path("slot").asInt()).isEqualTo(1);
        assertThat(found.path("algorithm").asString()).isEqualTo("ES256");
        assertThat(found.path("outcome").asString()).isEqualTo("success");
        assertThat(found.path("status").asInt()).isEqualTo(200);
        assertThat(found.path("micros").asLong()).isPositive();
        assertThat(admin.get("/audit/" + found.path("id").asString()).json()).isEqualTo(found);
    }

    @Test
    void aChangeIsAnnouncedBeforeItIsMade() throws Exception {
        String key = makeKey("/slots/1/keys", "X-Request-Id", requestId);

        JsonNode outcome = record("/audit?key=" + key + "&action=keys.generate");
        JsonNode intent = admin.get("/audit?kind=intent&slot=1&limit=1000")
                .json()
                .path("items")
                .valueStream()
                .filter(record -> record.path("requestId").asString().equals(requestId))
                .findFirst()
                .orElseThrow();
        assertThat(intent.path("sequence").asLong())
                .isLessThan(outcome.path("sequence").asLong());
        assertThat(intent.path("action").asString()).isEqualTo("keys.generate");
        assertThat(intent.path("subject").asString()).isEqualTo("slotgate-admin");
        assertThat(intent.has("outcome")).isFalse();
    }

    @Test
    void refusalsAreRecordedWithTheirReason() throws Exception {
        stranger.as("slots.read", "*").get("/slots/1/keys", "X-Request-Id", requestId);

        JsonNode found = record("/audit?slot=1&action=keys.list&outcome=refused");
        assertThat(found.path("problem").asString()).isEqualTo("insufficient-scope");
        assertThat(found.path("status").asInt()).isEqualTo(403);
    }

    @Test
    void eachItemOfABatchHasItsOwnRecord() throws Exception {
        admin.post(
                "/batch",
                "{'items':[{'slot':2,'operation':'digest','algorithm':'SHA-256','message':''},"
                        + "{'slot':2,'operation':'sign','key':'no-such','algorithm':'ES256','message':''},"
                        + "{'slot':2,'operation':'sign','key':'k','algorithm':'ES256','message':3}]}",
                "X-Request-Id",
                requestId);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ofThisTest("/audit?slot=2&limit=1000"))
                        .extracting(item -> item.path("requestId").asString())
                        .containsExactlyInAnyOrder(requestId + ".0", requestId + ".1", requestId + ".2"));
        assertThat(ofThisTest("/audit?slot=2&outcome=refused&limit=1000"))
                .extracting(item ->
                        item.path("problem").asString() + " " + item.path("key").asString() + " "
                                + item.path("algorithm").asString())
                .containsExactlyInAnyOrder("key-not-found no-such ES256", "invalid-field k ES256");
    }

    @Test
    void anAuditorOfSomeSlotsSeesTheirRecordsOnly() throws Exception {
        String key = makeKey("/slots/3/keys");
        String id = record("/audit?slot=3&key=" + key).path("id").asString();
        Gateway auditor = stranger.as("audit.read", "2");

        assertThat(auditor.get("/audit/" + id).status()).isEqualTo(404);
        assertThat(auditor.get("/audit/" + id).json().path("code").asString())
                .isEqualTo(auditor.get("/audit/0-1").json().path("code").asString());
        assertThat(auditor.get("/audit?limit=1000").json().path("items"))
                .allSatisfy(item -> assertThat(item.path("slot").asInt()).isEqualTo(2));
        assertThat(auditor.post("/audit/verify", "{}").status()).isEqualTo(403);
        assertThat(stranger.as("audit.read", "3").get("/audit/" + id).status()).isEqualTo(200);
    }

    @Test
    void recordsComeInPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            admin.get("/slots/5", "X-Request-Id", requestId + i);
        }
        await().atMost(SOON)
                .until(() -> admin.get("/audit?slot=5").json().path("items").size() >= 5);

        JsonNode first = admin.get("/audit?slot=5&limit=2").json();
        JsonNode second = admin.get(
                        "/audit?slot=5&limit=2&after=" + first.path("next").asString())
                .json();
        assertThat(first.path("items").size()).isEqualTo(2);
        assertThat(second.path("items").get(0).path("sequence").asLong())
                .isGreaterThan(first.path("items").get(1).path("sequence").asLong());
        assertThat(admin.get("/audit?slot=6&after=" + first.path("next").asString())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void wrongFiltersAreNamed() throws Exception {
        for (String wrong : List.of(
                "from=yesterday",
                "to=1",
                "to=%2B999999999-12-31T23:59:59-18:00",
                "from=-0001-01-01T00:00:00Z",
                "outcome=good",
                "kind=other",
                "slot=x",
                "limit=0")) {
            Gateway.Answer answer = admin.get("/audit?" + wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.json().path("field").asString()).isEqualTo(wrong.split("=", 2)[0]);
        }
        assertThat(admin.post("/audit/verify", "{'from':'x'}")
                        .json()
                        .path("field")
                        .asString())
                .isEqualTo("from");
        assertThat(admin.get("/audit/nothing").status()).isEqualTo(404);
    }

    @Test
    void theJournalVerifiesAndAChangeOfItIsFound() throws Exception {
        makeKey("/slots/1/keys");
        JsonNode verified = admin.post("/audit/verify", "{}").json();
        assertThat(verified.path("valid").asBoolean()).as(verified.toString()).isTrue();
        assertThat(verified.path("records").asLong()).isPositive();
        assertThat(verified.get("firstBad").isNull()).isTrue();

        Path segment = Journals.segments(data).getFirst();
        byte[] before = Files.readAllBytes(segment);
        String text = new String(before, StandardCharsets.US_ASCII);
        int line = text.indexOf("\n", text.indexOf("\"kind\":\"call\""));
        try {
            Files.writeString(segment, text.substring(0, line - 1) + " }" + text.substring(line));
            JsonNode found = admin.post("/audit/verify", "{}").json();
            assertThat(found.path("valid").asBoolean()).isFalse();
            assertThat(found.path("firstBad").asString())
                    .isEqualTo(verified.path("instance").asString() + "-"
                            + text.substring(0, line + 1).lines().count());
        } finally {
            Files.write(segment, before);
        }
    }

    @Test
    void nobodyForgesALineOfTheJournalOrTheLog(CapturedOutput log) throws Exception {
        String forged = "x\r\n2026-01-01T00:00:00.000Z ERROR forged: {\u001b[2J\u009b31m\u2028";
        String encoded = URLEncoder.encode(forged, StandardCharsets.UTF_8);
        Gateway forger = stranger.with(stranger.forge(claims -> claims.subject(forged)
                .jwtID(forged)
                .claim("client_id", forged)
                .claim("scope", "keys.read crypto.use " + forged)));
        String json = JsonMapper.shared().writeValueAsString(forged);

        forger.get("/slots/1/keys/" + encoded);
        forger.get("/slots/" + encoded + "/keys");
        forger.get("/slots/1/keys?label=" + encoded + "&after=" + encoded);
        forger.get("/slots/1/keys", "User-Agent", "x\u009b31m");
        forger.post("/slots/1/sign", "{'key':" + json + ",'algorithm':" + json + ",'message':'YQ=='}");
        forger.post("/batch", "{'items':[{'slot':1,'operation':" + json + ",'reference':" + json + "}]}");

        assertThat(Journals.in(data)).contains("u001B[2J");
        assertThat(Journals.in(data).lines()).allMatch(line -> line.matches("\\{\"instance\"[\\x20-\\x7e]+}"));
        assertThat(log.getAll().lines()).noneMatch(line -> line.startsWith("2026-01-01T00:00:00.000Z"));
        assertThat(log.getAll()).doesNotContain("\u001b[2J", "\u009b", "\u2028");
    }

    @Test
    void theTokenOfTheCheckpointKeyIsOutOfReach() throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(data.resolve("audit-public-key.pem")));

        assertThat(admin.get("/slots").json().path("items").size()).isEqualTo(10);
        for (String slot : List.of("2147483647", "999999999", "-1", "10")) {
            assertThat(admin.get("/slots/" + slot + "/keys").status()).isEqualTo(404);
            assertThat(admin.post("/batch", "{'items':[{'slot':%s,'operation':'random','length':1}]}".formatted(slot))
                            .json()
                            .path("items")
                            .get(0)
                            .path("status")
                            .asInt())
                    .isIn(400, 404);
        }
    }

    private String makeKey(String path, String... headers) throws Exception {
        return admin.post(path, "{'type':'EC','curve':'P-256','usage':['sign']}", headers)
                .json()
                .path("id")
                .asString();
    }

    /** The one record of the list, as soon as it is there. */
    private JsonNode record(String path) {
        return await().atMost(SOON)
                .until(() -> admin.get(path + "&limit=1000").json().path("items"), items -> !items.isEmpty())
                .valueStream()
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private List<JsonNode> ofThisTest(String path) throws Exception {
        return admin.get(path)
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("requestId").asString().startsWith(requestId))
                .toList();
    }
}
