package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The whole gateway over HTTP, on real SoftHSM tokens and with tokens of the real embedded issuer. */
class GatewayIntegrationTests extends AgainstTrialGateway {

    private static final byte[] MESSAGE = "a message\n".getBytes(StandardCharsets.UTF_8);
    private static final String BASE64 = Base64.getEncoder().encodeToString(MESSAGE);

    @ParameterizedTest
    @ValueSource(strings = {"/slots", "/slots/99", "/no/such/path", "/openapi.yaml"})
    void noAnswerIsKeptByACacheOrShownInAFrame(String path) throws Exception {
        Gateway.Answer answer = admin.get(path);

        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    }

    @ParameterizedTest
    @CsvSource({
        "ES256, SHA256withECDSA, EC",
        "RS256, SHA256withRSA, RSA",
        "PS256, RSASSA-PSS, RSA",
    })
    void aKeyMadeHereSignsAndAStrangersToolVerifies(String algorithm, String jca, String type) throws Exception {
        String kind = type.equals("EC") ? "'curve':'P-256'" : "'size':2048";
        Gateway.Answer made = admin.post(
                "/slots/0/keys",
                "{'type':'%s',%s,'label':'light-%s','usage':['sign'],'tags':{'team':'x'}}"
                        .formatted(type, kind, algorithm));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().path("id").asString();
        assertThat(made.header("Location")).isEqualTo("/slots/0/keys/" + id);

        JsonNode signed = admin.post(
                        "/slots/0/sign",
                        "{'key':'light-%s','algorithm':'%s','message':'%s'}".formatted(algorithm, algorithm, BASE64))
                .json();
        assertThat(signed.path("key").asString()).isEqualTo(id);
        assertThat(signed.path("algorithm").asString()).isEqualTo(algorithm);

        byte[] der = admin.get("/slots/0/keys/" + id + "/public", "Accept", "application/pkix-spki")
                .bytes();
        PublicKey key = KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(der));
        Signature verifier = Signature.getInstance(jca);
        if (algorithm.equals("PS256")) {
            verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        verifier.initVerify(key);
        verifier.update(MESSAGE);
        String signature = signed.path("signature").asString();
        assertThat(verifier.verify(Base64.getDecoder().decode(signature))).isTrue();

        String verify = "{'key':'%s','algorithm':'%s','message':'%s','signature':'%s'}";
        assertThat(admin.post("/slots/0/verify", verify.formatted(id, algorithm, BASE64, signature))
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        assertThat(admin.post("/slots/0/verify", verify.formatted(id, algorithm, "AAAA", signature))
                        .json()
                        .path("valid")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aKeyLooksAsTheContractSays() throws Exception {
        JsonNode key = generate(1, "{'type':'EC','curve':'P-256','label':'looks','usage':['sign'],'tags':{'a':'b'}}");

        assertThat(key.path("slot").asInt()).isEqualTo(1);
        assertThat(key.path("id").asString()).matches("[0-9a-f]{32}");
        assertThat(key.path("uri").asString()).startsWith("pkcs11:").contains("token=slot-1");
        assertThat(key.path("type").asString()).isEqualTo("EC");
        assertThat(key.path("curve").asString()).isEqualTo("P-256");
        assertThat(key.has("size")).isFalse();
        assertThat(key.path("usage").toString()).isEqualTo("[\"sign\"]");
        assertThat(key.path("algorithms").isNull()).isTrue();
        assertThat(key.path("state").asString()).isEqualTo("enabled");
        assertThat(key.path("class").asString()).isEqualTo("private");
        assertThat(key.path("attributes").toString())
                .isEqualTo("{\"sensitive\":true,\"extractable\":false,\"alwaysSensitive\":true,"
                        + "\"neverExtractable\":true,\"local\":true,\"modifiable\":true}");
        assertThat(key.path("compliant").asBoolean()).isTrue();
        assertThat(key.path("fingerprint").asString()).matches("[0-9a-f]{64}");
        assertThat(key.path("version").asInt()).isEqualTo(1);
        assertThat(key.path("previous").isNull()).isTrue();
        assertThat(key.path("tags").path("a").asString()).isEqualTo("b");
        assertThat(Instant.parse(key.path("createdAt").asString())).isBefore(Instant.now());
        assertThat(admin.get("/slots/1/keys/" + key.path("id").asString()).json())
                .isEqualTo(key);
    }

    @Test
    void publicKeysComeInTheEncodingThatIsAccepted() throws Exception {
        JsonNode key = generate(1, "{'type':'RSA','size':2048,'label':'encodings','usage':['sign']}");
        String path = "/slots/1/keys/" + key.path("id").asString() + "/public";

        assertThat(admin.get(path).header("Content-Type")).startsWith("application/x-pem-file");
        assertThat(admin.get(path, "Accept", "*/*").text())
                .startsWith("-----BEGIN PUBLIC KEY-----\n")
                .endsWith("-----END PUBLIC KEY-----\n");
        Gateway.Answer jwk = admin.get(path, "Accept", "application/jwk+json");
        assertThat(jwk.header("Content-Type")).isEqualTo("application/jwk+json");
        assertThat(JWK.parse(jwk.text()).getKeyID()).isEqualTo(key.path("id").asString());
        assertProblem(admin.get(path, "Accept", "text/html"), 406, "not-acceptable");
        assertProblem(admin.get("/slots/1/keys/00/public", "Accept", "application/x-pem-file"), 404, "key-not-found");
    }

    @Test
    void aSignatureIsReadInTheFormatItWasWrittenIn() throws Exception {
        generate(2, "{'type':'EC','curve':'P-521','label':'formats','usage':['sign']}");
        for (String format : List.of("raw", "der")) {
            JsonNode signed = admin.post(
                            "/slots/2/sign",
                            "{'key':'formats','algorithm':'ES512','message':'%s','format':'%s'}"
                                    .formatted(BASE64, format))
                    .json();
            assertThat(signed.path("format").asString()).isEqualTo(format);
            String signature = signed.path("signature").asString();
            for (String read : List.of("raw", "der")) {
                Gateway.Answer verified = admin.post(
                        "/slots/2/verify",
                        "{'key':'formats','algorithm':'ES512','message':'%s','signature':'%s','format':'%s'}"
                                .formatted(BASE64, signature, read));
                assertThat(verified.json().path("valid").asBoolean()).isEqualTo(read.equals(format));
            }
        }
    }

    @Test
    void listsAreFilteredAndPaged() throws Exception {
        for (int i = 0; i < 5; i++) {
            generate(
                    3,
                    "{'type':'EC','curve':'P-256','label':'list-%d','usage':['%s'],'tags':{'n':'%d'}}"
                            .formatted(i, i == 0 ? "derive" : "sign", i));
        }
        assertThat(ids("/slots/3/keys")).hasSize(5).isSorted();
        assertThat(ids("/slots/3/keys?label=list-1")).hasSize(1);
        assertThat(ids("/slots/3/keys?prefix=list-")).hasSize(5);
        assertThat(ids("/slots/3/keys?usage=sign&tag=n")).hasSize(4);
        assertThat(ids("/slots/3/keys?tag=n%3D2")).hasSize(1);
        assertThat(ids("/slots/3/keys?type=RSA")).isEmpty();

        var visited = new ArrayList<String>();
        String after = "";
        do {
            JsonNode page = admin.get("/slots/3/keys?limit=2" + after).json();
            page.path("items").forEach(key -> visited.add(key.path("id").asString()));
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asString();
        } while (!after.isEmpty());
        assertThat(visited).isEqualTo(ids("/slots/3/keys"));
    }

    @Test
    void tenSlotsAreReadyWithThePinThatEverybodyKnows() throws Exception {
        JsonNode slots = admin.get("/slots").json().path("items");

        assertThat(slots).hasSize(10);
        for (int i = 0; i < 10; i++) {
            assertThat(slots.get(i).path("id").asInt()).isEqualTo(i);
            assertThat(slots.get(i).path("label").asString()).isEqualTo("slot-" + i);
            assertThat(slots.get(i).path("binding").asString()).isEqualTo("automatic");
            assertThat(slots.get(i).path("state").asString()).isEqualTo("ready");
            assertThat(slots.get(i).path("pinState").asString()).isEqualTo("default");
        }
        assertThat(admin.get("/slots/4").json().path("id").asInt()).isEqualTo(4);
    }

    @Test
    void withoutAValidTokenNothingIsToldButHowToGetIn() throws Exception {
        for (String path : List.of("/slots", "/slots/0/keys", "/nowhere", "/actuator/env", "/actuator/prometheus")) {
            Gateway.Answer answer = stranger.get(path);
            assertProblem(answer, 401, "unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        }
        assertThat(stranger.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(stranger.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(stranger.get("/actuator/info").status()).isEqualTo(200);
        assertThat(stranger.get("/openapi.yaml").text()).contains("/slots/{slot}/sign");
    }

    @Test
    void theMonitoringSeesTheWorkersOfEveryModule() throws Exception {
        assertThat(admin.get("/actuator/prometheus").text())
                .containsPattern("slotgate_workers\\{module=\"[^\"]+\"} 1\\.0")
                .containsPattern("slotgate_workers_running\\{module=\"[^\"]+\"} 1\\.0")
                .containsPattern("slotgate_worker_starts_total\\{module=\"[^\"]+\"} [1-9]");
    }

    @Test
    void tokensThatAreNotForUsAreRefused() throws Exception {
        assertThat(stranger.with(stranger.forge(_ -> {})).get("/slots").status())
                .isEqualTo(200);
        var hostile = List.of(
                stranger.forge(c -> c.audience("another")),
                stranger.forge(c -> c.audience((String) null)),
                stranger.forge(c -> c.issuer("http://elsewhere.localhost")),
                stranger.forge(c -> c.expirationTime(Date.from(Instant.now().minusSeconds(120)))),
                stranger.forge(c -> c.expirationTime(null)),
                stranger.forge(c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(120)))),
                stranger.forge(_ -> {}) + "x",
                // {"alg":"none"} and claims, unsigned
                "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwOi8vc2xvdGdhdGUubG9jYWxob3N0IiwiYXVkIjoic2xvdGdhdGUifQ.",
                "no-token-at-all");
        for (String token : hostile) {
            assertProblem(stranger.with(token).get("/slots"), 401, "unauthenticated");
        }
    }

    @Test
    void aScopeThatIsMissingIsForbiddenBeforeTheBodyIsRead() throws Exception {
        Gateway reader = stranger.as("slots.read", "*");

        assertThat(reader.get("/slots/0").status()).isEqualTo(200);
        assertProblem(reader.get("/slots/0/keys"), 403, "insufficient-scope").says("keys.read");
        assertProblem(reader.post("/slots/0/keys", "not json"), 403, "insufficient-scope");
        assertProblem(reader.post("/slots/0/sign", "{}"), 403, "insufficient-scope")
                .says("crypto.use");
        assertProblem(reader.post("/slots/0/verify", "{}"), 403, "insufficient-scope")
                .says("crypto.public");
        assertProblem(reader.get("/actuator/prometheus"), 403, "insufficient-scope");
        assertThat(admin.get("/actuator/prometheus").status()).isEqualTo(200);
        assertProblem(admin.get("/actuator/env"), 403, "insufficient-scope");
    }

    @Test
    void aSlotThatIsNotTheCallersLooksLikeOneThatIsNotThere() throws Exception {
        Gateway narrow = stranger.as("", "1,2");

        assertThat(narrow.get("/slots").json().path("items")).hasSize(2);
        assertThat(narrow.get("/slots/1").status()).isEqualTo(200);
        String notHis = shape(narrow.get("/slots/0"));
        String notThere = shape(narrow.get("/slots/77"));
        assertThat(notHis.replace("'0'", "'77'")).isEqualTo(notThere);
        assertProblem(narrow.post("/slots/0/sign", "{}"), 404, "slot-not-found");
        assertProblem(
                stranger.with(stranger.forge(c -> c.claim("scope", ""))).get("/slots"), 403, "insufficient-scope");
        Gateway none = stranger.with(stranger.forge(c -> c.claim("slots", null)));
        assertThat(none.get("/slots").json().path("items")).isEmpty();
        assertProblem(none.get("/slots/0"), 404, "slot-not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"77", "abc", "-1", "00", "1.0", "9999999999999"})
    void aSlotThatIsNotThereIsNotFound(String slot) throws Exception {
        assertProblem(admin.get("/slots/" + slot), 404, "slot-not-found");
        assertProblem(admin.get("/slots/" + slot + "/keys"), 404, "slot-not-found");
        String sign = "{'key':'first','algorithm':'ES256','message':''}";
        assertProblem(admin.post("/slots/" + slot + "/sign", sign), 404, "slot-not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "400 | invalid-field | algorithm | {'key':'bad','message':'AAAA'}",
                "400 | invalid-field | algorithm | {'key':'bad','algorithm':'none','message':'AAAA'}",
                "400 | invalid-field | key | {'algorithm':'ES256','message':'AAAA'}",
                "400 | invalid-field | key | {'key':1,'algorithm':'ES256','message':'AAAA'}",
                "400 | invalid-field | message | {'key':'bad','algorithm':'ES256'}",
                "400 | invalid-field | message | {'key':'bad','algorithm':'ES256','message':'not base64'}",
                "400 | invalid-field | message | {'key':'bad','algorithm':'ES256','message':'a-_b'}",
                "400 | invalid-field | message | {'key':'bad','algorithm':'ES256','message':'YQ'}",
                "400 | invalid-field | message | {'key':'bad','algorithm':'ES256','message':'aGl='}",
                "400 | invalid-field | message | {'key':'bad','algorithm':'ES256','message':'aGk=aGk='}",
                "400 | invalid-field | message | {'key':'bad','algorithm':'ES256','message':[1,2]}",
                "400 | invalid-field | digest | {'key':'bad','algorithm':'ES256','message':'AAAA','digest':'AAAA'}",
                "400 | invalid-field | digest | {'key':'bad','algorithm':'ES256','digest':'AAAA'}",
                "400 | invalid-field | format | {'key':'bad','algorithm':'ES256','message':'AAAA','format':'pem'}",
                "400 | invalid-field | pin | {'key':'bad','algorithm':'ES256','message':'AAAA','pin':'1234'}",
                "422 | algorithm-mismatch | algorithm | {'key':'bad','algorithm':'PS256','message':'AAAA'}",
                "422 | algorithm-mismatch | algorithm | {'key':'bad','algorithm':'ES384','message':'AAAA'}",
            })
    void wrongInputIsToldByItsField(int status, String code, String field, String json) throws Exception {
        if (ids("/slots/4/keys?label=bad").isEmpty()) {
            generate(4, "{'type':'EC','curve':'P-256','label':'bad','usage':['sign']}");
        }
        assertProblem(admin.post("/slots/4/sign", json), status, code).names(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "'text'", "{} {}", "{'key':'a','key':'b'}", "{\u0000}"})
    void whatIsNoJsonObjectIsMalformed(String body) throws Exception {
        assertProblem(admin.post("/slots/4/sign", body), 400, "malformed-request");
    }

    @Test
    void keysThatCannotDoWhatIsAskedSayWhy() throws Exception {
        generate(5, "{'type':'RSA','size':2048,'label':'decrypts','usage':['decrypt']}");
        generate(5, "{'type':'RSA','size':2048,'label':'only-pss','usage':['sign'],'algorithms':['PS256']}");

        assertProblem(
                        admin.post("/slots/5/sign", "{'key':'decrypts','algorithm':'RS256','message':''}"),
                        422,
                        "key-usage")
                .names("key");
        assertProblem(
                        admin.post("/slots/5/sign", "{'key':'only-pss','algorithm':'RS256','message':''}"),
                        422,
                        "algorithm-not-allowed")
                .names("algorithm");
        assertThat(admin.post("/slots/5/sign", "{'key':'only-pss','algorithm':'PS256','message':''}")
                        .status())
                .isEqualTo(200);
        assertProblem(
                admin.post("/slots/5/sign", "{'key':'nobody','algorithm':'PS256','message':''}"), 404, "key-not-found");
        assertProblem(
                        admin.post("/slots/5/keys", "{'type':'RSA','size':2048,'label':'only-pss','usage':['sign']}"),
                        409,
                        "label-in-use")
                .names("label");
        assertProblem(
                        admin.post("/slots/5/keys", "{'type':'RSA','size':2048,'usage':['sign','wrap']}"),
                        422,
                        "usage-conflict")
                .names("usage");
    }

    @Test
    void bodiesAreReadToTheirLimitAndNoFurther() throws Exception {
        String tooLongForAKey = "{'label':'" + "a".repeat(65 * 1024) + "'}";
        assertProblem(admin.post("/slots/0/keys", tooLongForAKey), 413, "too-large")
                .says("65536");
        assertProblem(
                admin.send(admin.request("/slots/0/keys")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(
                                tooLongForAKey.replace('\'', '"').getBytes(StandardCharsets.UTF_8))))),
                413,
                "too-large");
        generate(6, "{'type':'EC','curve':'P-256','label':'long','usage':['sign']}");
        String sign = "{'key':'long','algorithm':'ES256','message':'%s'}";
        assertThat(admin.post("/slots/6/sign", sign.formatted("AAAA".repeat(250_000)))
                        .status())
                .isEqualTo(200);
        assertProblem(admin.post("/slots/6/sign", sign.formatted("AAAA".repeat(270_000))), 413, "too-large");
    }

    @Test
    void everyRefusalOfTheFrameworkIsAProblemToo() throws Exception {
        assertProblem(admin.get("/nowhere"), 404, "not-found");
        Gateway.Answer wrongMethod = admin.send(admin.request("/slots/0").DELETE());
        assertProblem(wrongMethod, 405, "method-not-allowed");
        assertThat(wrongMethod.header("Allow")).contains("GET");
        assertProblem(
                admin.send(admin.request("/slots/0/sign")
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))),
                415,
                "unsupported-media-type");
        assertProblem(
                stranger.send(stranger.request("/slots").method("TRACE", HttpRequest.BodyPublishers.noBody())),
                405,
                "method-not-allowed");
        assertProblem(admin.get("/slots;a=b"), 400, "malformed-request");
        assertProblem(admin.get("/slots?limit=many"), 400, "invalid-field").names("limit");
        assertProblem(admin.get("/slots?limit=a&limit=b"), 400, "invalid-field").names("limit");
        assertProblem(admin.get("/slots?after=nonsense"), 400, "invalid-field").names("after");
        assertProblem(admin.get("/slots/0/keys?type=rsa"), 400, "invalid-field").names("type");
        assertProblem(admin.get("/slots/0/keys?usage=verify"), 400, "invalid-field")
                .names("usage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health?x=%ff", "/openapi.yaml?x=%zz", "/slots?x=%0aINFO", "/oauth2/token?x=%ff"})
    void aQueryThatCannotBeDecodedIsRefusedBeforeAnybodyTries(String path) throws Exception {
        assertThat(raw(path)).startsWith("HTTP/1.1 400").contains("malformed-request");
    }

    @Test
    void onlyJsonIsReadAndWritten() throws Exception {
        for (String type : List.of("application/yaml", "multipart/form-data", "application/cbor")) {
            assertProblem(
                    admin.send(admin.request("/slots/0/keys")
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString("type: EC"))),
                    415,
                    "unsupported-media-type");
        }
        assertProblem(admin.get("/slots", "Accept", "application/yaml"), 406, "not-acceptable");
    }

    @Test
    void anAnswerWithoutAWordBecomesAProblem() throws Exception {
        assertProblem(stranger.get("/actuator/health/nothing"), 404, "not-found");
        assertProblem(stranger.get("/oauth2/token"), 401, "unauthenticated");
    }

    @Test
    void whatIsNoHttpIsAnsweredWithAProblem() throws Exception {
        for (String target : List.of("/[x]", "/sl%2Fots", "/a\\b")) {
            assertThat(raw(target))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "malformed-request", "X-Request-Id: ");
        }
    }

    @Test
    void theRequestIdIsTheCallersWhenItIsAProperOne() throws Exception {
        assertThat(admin.get("/slots", "X-Request-Id", "my-request.1").header("X-Request-Id"))
                .isEqualTo("my-request.1");
        for (String improper : List.of("short", "with blanks in it", "x".repeat(65))) {
            assertThat(admin.get("/slots", "X-Request-Id", improper).header("X-Request-Id"))
                    .isNotEqualTo(improper)
                    .matches("[A-Za-z0-9._-]{8,64}");
        }
    }

    @Test
    void theIssuerGivesTokensToItsClientsOnly() throws Exception {
        for (String path : List.of("/oauth2/authorize", "/oauth2/introspect", "/oauth2/revoke", "/login")) {
            assertThat(admin.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(stranger.get("/oauth2/jwks").text())
                .contains("\"kty\":\"RSA\"")
                .doesNotContain("\"d\"");
        assertThat(stranger.get("/.well-known/oauth-authorization-server").status())
                .isEqualTo(200);
        Gateway.Answer refused = stranger.send(stranger.request("/oauth2/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=slotgate-admin&client_secret=guess")));
        assertThat(refused.status()).isEqualTo(401);
    }

    /** Asks for a target that no well-behaved client would send. */
    private String raw(String target) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private JsonNode generate(int slot, String json) throws Exception {
        Gateway.Answer made = admin.post("/slots/" + slot + "/keys", json);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json();
    }

    private List<String> ids(String path) throws Exception {
        var ids = new ArrayList<String>();
        admin.get(path)
                .json()
                .path("items")
                .forEach(key -> ids.add(key.path("id").asString()));
        return ids;
    }

    /** A problem without what is different in every answer. */
    private static String shape(Gateway.Answer answer) {
        String id = answer.header("X-Request-Id");
        return answer.status() + " " + answer.text().replace(id, "<id>");
    }
}
