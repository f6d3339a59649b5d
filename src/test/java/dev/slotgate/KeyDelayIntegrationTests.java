package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What the configuration lets callers do with keys: have one back that is to be destroyed, fetch public ones without a token. */
@TestPropertySource(properties = {"slotgate.keys.destroy-delay=4s", "slotgate.security.public-jwks=true"})
class KeyDelayIntegrationTests extends AgainstTrialGateway {

    private static final String KEYS = "/slots/4/keys";

    String url;

    @BeforeEach
    void prepare() {
        url = "http://127.0.0.1:" + port;
    }

    @Test
    void aKeyThatIsToBeDestroyedCanBeHadBackUntilItsTimeHasCome() throws Exception {
        String id = generate("{'type':'EC','curve':'P-256','usage':['sign']}");
        Gateway.Answer pending = admin.delete(KEYS + "/" + id);
        assertThat(pending.status()).isEqualTo(202);
        assertThat(pending.json().path("state").asString()).isEqualTo("pending-destruction");
        assertProblem(sign(id, "ES256", "AAAA"), 409, "key-disabled");
        assertThat(admin.get("/slots/4/jwks").text()).doesNotContain(id);

        Gateway.Answer restored = admin.post(KEYS + "/" + id + "/restore", "{}");
        assertThat(restored.json().path("state").asString()).as(restored.text()).isEqualTo("enabled");
        assertThat(sign(id, "ES256", "AAAA").status()).isEqualTo(200);

        assertThat(admin.delete(KEYS + "/" + id).status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertProblem(admin.get(KEYS + "/" + id), 404, "key-not-found"));
        assertProblem(admin.post(KEYS + "/" + id + "/restore", "{}"), 404, "key-not-found");
    }

    @Test
    void aJoseLibraryVerifiesWithThePublicJwkSet() throws Exception {
        String ec = generate("{'type':'EC','curve':'P-256','usage':['sign']}");
        String rsa = generate("{'type':'RSA','size':2048,'usage':['sign'],'algorithms':['PS256']}");
        JWKSet set = JWKSet.load(URI.create(url + "/slots/4/jwks").toURL());

        JWK ecKey = set.getKeyByKeyId(ec);
        assertThat(jws(ec, "ES256").verify(new ECDSAVerifier(ecKey.toECKey()))).isTrue();
        JWK rsaKey = set.getKeyByKeyId(rsa);
        assertThat(rsaKey.getAlgorithm().getName()).isEqualTo("PS256");
        assertThat(jws(rsa, "PS256").verify(new RSASSAVerifier(rsaKey.toRSAKey())))
                .isTrue();
        assertProblem(stranger.get(KEYS), 401, "unauthenticated");
    }

    private JWSObject jws(String key, String algorithm) throws Exception {
        JWSHeader header = JWSHeader.parse("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + key + "\"}");
        var payload = new Payload("{\"sub\":\"somebody\"}");
        String input = header.toBase64URL() + "." + payload.toBase64URL();
        JsonNode signed = sign(
                        key, algorithm, Base64.getEncoder().encodeToString(input.getBytes(StandardCharsets.US_ASCII)))
                .json();
        byte[] signature = Base64.getDecoder().decode(signed.path("signature").asString());
        return new JWSObject(header.toBase64URL(), payload.toBase64URL(), Base64URL.encode(signature));
    }

    private Gateway.Answer sign(String key, String algorithm, String message) throws Exception {
        return admin.post(
                "/slots/4/sign",
                "{'key':'%s','algorithm':'%s','message':'%s'%s}"
                        .formatted(key, algorithm, message, algorithm.equals("ES256") ? ",'format':'raw'" : ""));
    }

    private String generate(String request) throws Exception {
        Gateway.Answer made = admin.post(KEYS, request);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }
}
