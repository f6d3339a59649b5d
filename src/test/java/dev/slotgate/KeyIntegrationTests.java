package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The life of keys over REST: what they are called, who may use them, how they are succeeded and destroyed. */
class KeyIntegrationTests extends AgainstTrialGateway {

    private static final String EC = "'type':'EC','curve':'P-256','usage':['sign']";

    @TempDir
    Path folder;

    @Test
    void labelTagsAndStateAreChangedByAMergePatch() throws Exception {
        String id = generate("{%s,'label':'before','tags':{'a':'1','b':'2'}}".formatted(EC));

        Gateway.Answer patched = admin.patch(key(id), "{'label':'after','tags':{'a':null,'c':'3'},'state':'disabled'}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.json().path("label").asString()).isEqualTo("after");
        assertThat(patched.json().path("tags").toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        assertThat(patched.json().path("state").asString()).isEqualTo("disabled");
        assertProblem(sign("after"), 409, "key-disabled").names("key");
        assertProblem(sign("before"), 404, "key-not-found");

        assertThat(admin.patch(key(id), "{'state':'enabled'}").status()).isEqualTo(200);
        assertThat(sign("after").status()).isEqualTo(200);
        assertThat(ids(admin.get("/slots/2/keys?tag=c"))).containsExactly(id);
    }

    @Test
    void aPatchThatIsNoneChangesNothing() throws Exception {
        String id = generate("{%s,'label':'unpatched'}".formatted(EC));
        generate("{%s,'label':'taken'}".formatted(EC));

        assertProblem(admin.patch(key(id), "{'label':'taken','state':'disabled'}"), 409, "label-in-use");
        assertProblem(admin.patch(key(id), "{'usage':['wrap']}"), 400, "invalid-field")
                .names("usage");
        assertProblem(admin.patch(key(id), "{'state':'gone'}"), 400, "invalid-field")
                .names("state");
        assertProblem(admin.patch(key(id), "{'label':null}"), 400, "invalid-field")
                .names("label");
        assertProblem(admin.patch(key(id), "{'tags':[]}"), 400, "invalid-field").names("tags");
        JsonNode now = admin.get(key(id)).json();
        assertThat(now.path("label").asString()).isEqualTo("unpatched");
        assertThat(now.path("state").asString()).isEqualTo("enabled");
    }

    @Test
    void aRotatedKeyPassesItsLabelOnAndGoesOnToVerify() throws Exception {
        String first = generate("{%s,'label':'rotating','tags':{'team':'x'}}".formatted(EC));
        JsonNode signed = sign("rotating").json();

        Gateway.Answer rotated = admin.post(key(first) + "/rotate", "{}");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        JsonNode second = rotated.json();
        assertThat(second.path("label").asString()).isEqualTo("rotating");
        assertThat(second.path("version").asInt()).isEqualTo(2);
        assertThat(second.path("previous").asString()).isEqualTo(first);
        assertThat(second.path("tags").path("team").asString()).isEqualTo("x");
        assertThat(admin.get(key(first)).json().path("label").asString()).isEqualTo("rotating~v1");

        assertThat(sign("rotating").json().path("key").asString())
                .isEqualTo(second.path("id").asString());
        assertProblem(sign(first), 409, "key-superseded");
        assertThat(admin.post(
                                "/slots/2/verify",
                                "{'key':'%s','algorithm':'ES256','message':'AAAA','signature':'%s'}"
                                        .formatted(
                                                first, signed.path("signature").asString()))
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
        assertProblem(admin.post(key(first) + "/rotate", "{}"), 409, "key-superseded");
        JsonNode third =
                admin.post(key(second.path("id").asString()) + "/rotate", "{}").json();
        assertThat(third.path("version").asInt()).isEqualTo(3);
        assertThat(admin.get(key(second.path("id").asString()))
                        .json()
                        .path("label")
                        .asString())
                .isEqualTo("rotating~v2");
    }

    @Test
    void ofRotationsAtOnceOneSucceedsAndTheLabelStaysOnOneKey() throws Exception {
        String id = generate("{%s,'label':'rotated twice'}".formatted(EC));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Gateway.Answer>> rotations = Stream.<Future<Gateway.Answer>>generate(
                            () -> threads.submit(() -> admin.post(key(id) + "/rotate", "{}")))
                    .limit(4)
                    .toList();
            var statuses = new ArrayList<Integer>();
            for (Future<Gateway.Answer> rotation : rotations) {
                statuses.add(rotation.get().status());
            }
            assertThat(statuses).containsOnlyOnce(201).isSubsetOf(201, 409, 503);
        }
        assertThat(ids(admin.get("/slots/2/keys?label=rotated%20twice"))).hasSize(1);
        assertThat(sign("rotated twice").status()).isEqualTo(200);
    }

    @Test
    void tagsOfPatchesAtOnceAreAllKept() throws Exception {
        String id = generate("{%s}".formatted(EC));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Gateway.Answer>> patches = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> admin.patch(key(id), "{'tags':{'t%d':'x'}}".formatted(i))))
                    .toList();
            for (Future<Gateway.Answer> patch : patches) {
                assertThat(patch.get().status()).as(patch.get().text()).isEqualTo(200);
            }
        }
        assertThat(admin.get(key(id)).json().path("tags").size()).isEqualTo(8);
    }

    @Test
    void theLongestGrantsAreTaken() throws Exception {
        String id = generate("{%s}".formatted(EC));
        String grants = IntStream.range(10, 110)
                .mapToObj(i -> "{'subject':'" + "\\\\".repeat(250) + i + "','operations':['sign']}")
                .collect(Collectors.joining(",", "{'grants':[", "]}"));

        Gateway.Answer put = admin.put(key(id) + "/grants", grants);
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.json().path("grants").size()).isEqualTo(100);
    }

    @Test
    void callersByLabelNeverMissARotation() throws Exception {
        String id = generate("{%s,'label':'always there'}".formatted(EC));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            var callers = new ArrayList<Future<Integer>>();
            Callable<Integer> caller = () -> {
                for (int i = 0; i < 100; i++) {
                    Gateway.Answer answer = sign("always there");
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                }
                return 0;
            };
            for (int i = 0; i < 4; i++) {
                callers.add(threads.submit(caller));
            }
            for (int i = 0; i < 5; i++) {
                id = admin.post(key(id) + "/rotate", "{}").json().path("id").asString();
            }
            for (Future<Integer> each : callers) {
                assertThat(each.get()).isZero();
            }
        }
    }

    @Test
    void aDestroyedKeyIsGoneFromEveryView() throws Exception {
        String id = generate("{%s,'label':'doomed'}".formatted(EC));
        assertThat(sign("doomed").status()).isEqualTo(200);

        assertThat(admin.delete(key(id)).status()).isEqualTo(204);
        assertProblem(admin.get(key(id)), 404, "key-not-found");
        assertProblem(admin.delete(key(id)), 404, "key-not-found");
        assertProblem(sign("doomed"), 404, "key-not-found");
        assertProblem(sign(id), 404, "key-not-found");
        assertThat(ids(admin.get("/slots/2/keys?limit=1000"))).doesNotContain(id);
        assertThat(generate("{%s,'label':'doomed'}".formatted(EC))).isNotEqualTo(id);
    }

    @Test
    void aGrantedKeyIsThereForItsGranteesAlone() throws Exception {
        String id = generate("{%s,'label':'granted'}".formatted(EC));
        Gateway grantee = stranger.with(token("grantee", "app", "keys.read crypto.use crypto.public keys.write"));
        Gateway other = stranger.with(token("other", "other-app", "keys.read crypto.use crypto.public keys.write"));

        Gateway.Answer put = admin.put(
                key(id) + "/grants",
                "{'grants':[{'subject':'grantee','operations':['sign']},{'subject':'client:monitor','operations':['verify']}]}");
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(admin.get(key(id) + "/grants").json()).isEqualTo(put.json());

        assertThat(sign(grantee, "granted").status()).isEqualTo(200);
        assertThat(ids(grantee.get("/slots/2/keys?label=granted"))).containsExactly(id);
        assertProblem(sign(other, "granted"), 404, "key-not-found");
        assertProblem(sign(other, id), 404, "key-not-found");
        assertProblem(other.get(key(id)), 404, "key-not-found");
        assertProblem(other.patch(key(id), "{'state':'disabled'}"), 404, "key-not-found");
        assertThat(ids(other.get("/slots/2/keys?label=granted"))).isEmpty();
        assertThat(other.get("/slots/2/jwks").text()).doesNotContain(id);
        assertProblem(sign(admin, "granted"), 403, "operation-not-granted");
        assertThat(admin.get(key(id)).status()).isEqualTo(200);
        Gateway monitor = stranger.with(token("somebody", "monitor", "keys.read crypto.use"));
        assertProblem(sign(monitor, "granted"), 403, "operation-not-granted");

        assertThat(admin.put(key(id) + "/grants", "{'grants':[]}").status()).isEqualTo(200);
        assertThat(sign(other, "granted").status()).isEqualTo(200);
    }

    @Test
    void nobodyGrantsAKeyToItself() throws Exception {
        String id = generate("{%s}".formatted(EC));
        Gateway granter = stranger.with(token("granter", "granting-app", "keys.read keys.grant crypto.use"));

        for (String self : List.of("granter", "client:granting-app")) {
            assertProblem(
                            granter.put(
                                    key(id) + "/grants",
                                    "{'grants':[{'subject':'%s','operations':['sign']}]}".formatted(self)),
                            403,
                            "self-grant")
                    .names("grants");
        }
        for (String wrong : List.of(
                "{}",
                "{'grants':[{'subject':'','operations':['sign']}]}",
                "{'grants':[{'subject':'a','operations':[]}]}",
                "{'grants':[{'subject':'a','operations':['fly']}]}",
                "{'grants':[{'subject':'a','operations':['sign']},{'subject':'a','operations':['sign']}]}")) {
            assertProblem(granter.put(key(id) + "/grants", wrong), 400, "invalid-field");
        }
        assertThat(admin.get(key(id) + "/grants").text()).isEqualTo("{\"grants\":[]}");
    }

    @Test
    void aCallThatComesAgainIsAnsweredAsTheFirstTime() throws Exception {
        String body = "{%s,'label':'once'}".formatted(EC);
        Gateway.Answer first = admin.post("/slots/2/keys", body, "Idempotency-Key", "make-once-1");
        Gateway.Answer second = admin.post("/slots/2/keys", body, "Idempotency-Key", "make-once-1");

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
        assertProblem(
                admin.post("/slots/2/keys", body.replace("once", "twice"), "Idempotency-Key", "make-once-1"),
                422,
                "idempotency-key-reused");
        assertProblem(admin.post("/slots/2/keys", body, "Idempotency-Key", "no spaces"), 400, "invalid-field")
                .names("Idempotency-Key");
        assertThat(ids(admin.get("/slots/2/keys?label=once"))).hasSize(1);
    }

    @Test
    void aRequestForACertificateIsSignedInTheTokenAndTheCertificateIsKept() throws Exception {
        String id = generate("{%s,'label':'tls'}".formatted(EC));
        Gateway.Answer csr = admin.post(
                key(id) + "/csr",
                "{'subject':'CN=service,O=Slotgate','subjectAltNames':['dns:service.example','ip:127.0.0.1']}");
        assertThat(csr.status()).as(csr.text()).isEqualTo(200);
        assertThat(csr.header("Content-Type")).startsWith("application/x-pem-file");
        Files.write(folder.resolve("csr.pem"), csr.bytes());
        assertThat(shell("openssl req -in csr.pem -verify -noout -text 2>&1"))
                .contains("verify OK")
                .contains("DNS:service.example", "IP Address:127.0.0.1", "CN = service");

        shell("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem "
                + "-subj /CN=ca -days 2 2>&1 && openssl x509 -req -in csr.pem -CA ca.pem -CAkey ca.key "
                + "-CAcreateserial -out leaf.pem -days 1 2>&1");
        String chain = Files.readString(folder.resolve("leaf.pem")) + Files.readString(folder.resolve("ca.pem"));
        assertThat(putCertificate(id, chain).status()).isEqualTo(204);
        Gateway.Answer kept = admin.get(key(id) + "/certificate");
        assertThat(kept.text().replaceAll("\\s", "")).isEqualTo(chain.replaceAll("\\s", ""));
        JsonNode jwk = jwk(id);
        assertThat(jwk.path("x5c").size()).isEqualTo(2);
        assertThat(jwk.path("alg").asString()).isEqualTo("ES256");
        assertThat(jwk.path("use").asString()).isEqualTo("sig");

        assertProblem(putCertificate(id, Files.readString(folder.resolve("ca.pem"))), 422, "certificate-mismatch");
        assertProblem(putCertificate(id, "no certificate"), 400, "invalid-field");
        assertThat(admin.delete(key(id) + "/certificate").status()).isEqualTo(204);
        assertProblem(admin.get(key(id) + "/certificate"), 404, "certificate-not-found");
        assertProblem(admin.delete(key(id) + "/certificate"), 404, "certificate-not-found");
    }

    @Test
    void aJwkSetIsFetchedAgainOnlyWhenItHasChanged() throws Exception {
        String id = generate("{%s}".formatted(EC));
        Gateway.Answer set = admin.get("/slots/2/jwks");
        assertThat(set.header("Cache-Control")).contains("max-age");
        assertThat(admin.get("/slots/2/jwks", "If-None-Match", set.header("ETag"))
                        .status())
                .isEqualTo(304);

        admin.patch(key(id), "{'state':'disabled'}");
        Gateway.Answer changed = admin.get("/slots/2/jwks", "If-None-Match", set.header("ETag"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text()).doesNotContain(id);
    }

    @Test
    void keysOfOtherProgramsAreFirstClassAndTheirFaultsAreTold() throws Exception {
        var tools = new TokenTools(data, folder, "slot-3");
        tools.pkcs11("--keypairgen --key-type RSA:2048 --label careless --id 0a");
        tools.pkcs11("--keypairgen --key-type EC:prime256v1 --label nameless --usage-sign");
        tools.pkcs11("--keypairgen --key-type RSA:1024 --label short --id 0b --usage-sign");

        JsonNode careless = admin.get("/slots/3/keys/0a").json();
        assertThat(careless.path("compliant").asBoolean()).isFalse();
        assertThat(careless.path("complianceFindings").toString()).contains("several usages");
        assertThat(admin.post("/slots/3/sign", "{'key':'careless','algorithm':'RS256','message':'AAAA'}")
                        .status())
                .isEqualTo(200);
        List<String> nameless = ids(admin.get("/slots/3/keys?label=nameless"));
        assertThat(nameless).isNotEmpty().isEqualTo(ids(admin.get("/slots/3/keys?label=nameless")));
        JsonNode findings = admin.get("/slots/3/hygiene").json().path("findings");
        assertThat(findings)
                .extracting(finding -> finding.path("kind").asString())
                .contains("leaking", "missing-id", "weak");
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.path("remedy").asString()).isNotEmpty();
            assertThat(finding.path("keys").size()).isPositive();
        });
    }

    private Gateway.Answer putCertificate(String id, String pem) throws Exception {
        return admin.put(key(id) + "/certificate", "application/x-pem-file", pem.getBytes(StandardCharsets.US_ASCII));
    }

    private JsonNode jwk(String id) throws Exception {
        for (JsonNode jwk : admin.get("/slots/2/jwks").json().path("keys")) {
            if (jwk.path("kid").asString().equals(id)) {
                return jwk;
            }
        }
        throw new AssertionError("no JWK of " + id);
    }

    private String generate(String request) throws Exception {
        Gateway.Answer made = admin.post("/slots/2/keys", request);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private Gateway.Answer sign(String key) throws Exception {
        return sign(admin, key);
    }

    private static Gateway.Answer sign(Gateway caller, String key) throws Exception {
        return caller.post(
                "/slots/2/sign",
                "{'key':'%s','algorithm':'ES256','message':'%s'}"
                        .formatted(key, Base64.getEncoder().encodeToString(new byte[] {0, 0, 0})));
    }

    private String token(String subject, String client, String scopes) throws Exception {
        return stranger.forge(claims -> claims.subject(subject)
                .claim("client_id", client)
                .claim("scope", scopes)
                .claim("slots", "*"));
    }

    private static String key(String id) {
        return "/slots/2/keys/" + id;
    }

    private static List<String> ids(Gateway.Answer page) {
        var ids = new ArrayList<String>();
        page.json().path("items").forEach(key -> ids.add(key.path("id").asString()));
        return ids;
    }

    private String shell(String command) throws Exception {
        return LaunchedGateway.shell(folder, Map.of(), command);
    }
}
