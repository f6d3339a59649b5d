package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slotgate.hsm.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Other people's test vectors (C2SP Wycheproof) through REST. A valid one that is refused falls under a rule, and each rule is
 * counted; an invalid one is never accepted. What is not here is not on offer: bare CBC, RSA PKCS#1 v1.5 encryption, imported
 * keys that wrap, and the verification of a JWS as a whole.
 */
class WycheproofIntegrationTests extends AgainstTrialGateway {

    private static final Path FOLDER = Path.of("../shared/wycheproof");
    private static final String SLOT = "/slots/7";
    private static final int DERIVED_BITS = 256;

    private final Map<String, Integer> rules = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "ecdsa_secp256r1_sha256, EC, ES256, der",
        "ecdsa_secp256r1_sha256_p1363, EC, ES256, raw",
        "ecdsa_secp384r1_sha384, EC, ES384, der",
        "ecdsa_secp521r1_sha512, EC, ES512, der",
        "ed25519, OKP, EdDSA, raw",
        "rsa_signature_2048_sha256, RSA, RS256, raw",
        "rsa_signature_3072_sha384, RSA, RS384, raw",
        "rsa_signature_4096_sha512, RSA, RS512, raw",
        "rsa_pss_2048_sha256_mgf1_32, RSA, PS256, raw",
        "rsa_pss_3072_sha256_mgf1_32, RSA, PS256, raw",
        "rsa_pss_4096_sha512_mgf1_64, RSA, PS512, raw",
    })
    void signatures(String file, String type, String algorithm, String format) throws Exception {
        for (JsonNode group : groups(file)) {
            String spki = Base64.getEncoder()
                    .encodeToString(
                            HexFormat.of().parseHex(group.path("publicKeyDer").asString()));
            Gateway.Answer imported = imported("spki", spki, type, "verify");
            for (JsonNode test : group.path("tests")) {
                if (imported.status() != 201) {
                    judge(
                            test,
                            false,
                            "policy: " + imported.json().path("detail").asString());
                    continue;
                }
                Gateway.Answer answer = call(
                        "/verify",
                        Map.of(
                                "key", imported.json().path("id").asString(),
                                "algorithm", algorithm,
                                "format", format,
                                "message", base64(test, "msg"),
                                "signature", base64(test, "sig")));
                boolean emptyMessage = test.path("msg").asString().isEmpty() && algorithm.equals("EdDSA");
                judge(
                        test,
                        answer.json().path("valid").asBoolean(),
                        emptyMessage ? "token: EdDSA of an empty message" : "none");
            }
        }
        report(file);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa_oaep_2048_sha1_mgf1sha1, RSA-OAEP",
        "rsa_oaep_2048_sha256_mgf1sha256, RSA-OAEP-256",
        "rsa_oaep_3072_sha256_mgf1sha256, RSA-OAEP-256",
    })
    void oaep(String file, String algorithm) throws Exception {
        for (JsonNode group : groups(file)) {
            String pkcs8 = base64(group, "privateKeyPkcs8");
            String key =
                    imported("pkcs8", pkcs8, "RSA", "decrypt").json().path("id").asString();
            for (JsonNode test : group.path("tests")) {
                Gateway.Answer answer = call(
                        "/decrypt",
                        Map.of(
                                "key",
                                key,
                                "algorithm",
                                algorithm,
                                "ciphertext",
                                base64(test, "ct"),
                                "label",
                                base64(test, "label")));
                judge(test, opened(answer, test), "none");
            }
        }
        report(file);
    }

    @ParameterizedTest
    @ValueSource(strings = "aes_gcm")
    void gcm(String file) throws Exception {
        for (JsonNode group : groups(file)) {
            int ivBits = group.path("ivSize").asInt();
            int tagBits = group.path("tagSize").asInt();
            for (JsonNode test : group.path("tests")) {
                String key = secret(test, "AES", "encrypt");
                Gateway.Answer answer = call(
                        "/decrypt",
                        Map.of(
                                "key", key,
                                "algorithm", "A" + group.path("keySize").asInt() + "GCM",
                                "ciphertext", base64(test, "ct"),
                                "iv", base64(test, "iv"),
                                "aad", base64(test, "aad"),
                                "tag", base64(test, "tag")));
                judge(
                        test,
                        opened(answer, test),
                        ivBits != 96
                                ? "policy: GCM IV other than 96 bits"
                                : tagBits != 128 ? "policy: tag of " + tagBits + " bits" : "none");
            }
        }
        report(file);
    }

    @ParameterizedTest
    @CsvSource({
        "aes_cmac, AES, AES-CMAC, 128",
        "hmac_sha256, HMAC, HS256, 256",
        "hmac_sha512, HMAC, HS512, 512",
    })
    void macs(String file, String type, String algorithm, int fullBits) throws Exception {
        for (JsonNode group : groups(file)) {
            int keyBits = group.path("keySize").asInt();
            int tagBits = group.path("tagSize").asInt();
            for (JsonNode test : group.path("tests")) {
                String key = secret(test, type, "mac");
                boolean valid = !key.isEmpty()
                        && call(
                                        "/mac/verify",
                                        Map.of(
                                                "key",
                                                key,
                                                "algorithm",
                                                algorithm,
                                                "message",
                                                base64(test, "msg"),
                                                "mac",
                                                base64(test, "tag")))
                                .json()
                                .path("valid")
                                .asBoolean();
                judge(
                        test,
                        valid,
                        tagBits != fullBits
                                ? "policy: tag of " + tagBits + " bits"
                                : type.equals("HMAC") && keyBits < fullBits
                                        ? "token: key shorter than the hash"
                                        : "none");
            }
        }
        report(file);
    }

    /** What comes of the agreement is a key: a MAC made with it tells whether it is the right one. */
    @ParameterizedTest
    @ValueSource(strings = "ecdh_secp256r1")
    void agreement(String file) throws Exception {
        for (JsonNode group : groups(file)) {
            for (JsonNode test : group.path("tests")) {
                judge(test, derives(test), "none");
            }
        }
        report(file);
    }

    private boolean derives(JsonNode test) throws Exception {
        String key = agreementKey(test.path("private").asString());
        String pem = "-----BEGIN PUBLIC KEY-----\\n" + base64(test, "public") + "\\n-----END PUBLIC KEY-----";
        Gateway.Answer derived = admin.post(
                SLOT + "/derive",
                "{'key':'%s','algorithm':'ECDH-ES','publicKey':'%s','type':'HMAC','size':%d,'usage':['mac']}"
                        .formatted(key, pem, DERIVED_BITS));
        if (derived.status() != 201) {
            assertThat(derived.status()).as(derived.text()).isIn(400, 422);
            return false;
        }
        String id = derived.json().path("id").asString();
        Gateway.Answer mac = call("/mac", Map.of("key", id, "algorithm", "HS256", "message", "YQ=="));
        assertThat(admin.delete(SLOT + "/keys/" + id).status()).isEqualTo(204);
        Mac expected = Mac.getInstance("HmacSHA256");
        expected.init(new SecretKeySpec(
                concatKdf(HexFormat.of().parseHex(test.path("shared").asString())), "HMAC"));
        return Arrays.equals(
                expected.doFinal("a".getBytes(StandardCharsets.US_ASCII)),
                Base64.getDecoder().decode(mac.json().path("mac").asString()));
    }

    /** RFC 7518 section 4.6.2 with nothing but the length, for up to 256 bits. */
    private static byte[] concatKdf(byte[] secret) {
        MessageDigest hash = Hash.SHA_256.begin();
        hash.update(new byte[] {0, 0, 0, 1});
        hash.update(secret);
        hash.update(new byte[12]);
        hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(DERIVED_BITS).array());
        return hash.digest();
    }

    private String agreementKey(String privateHex) throws Exception {
        return known(privateHex, () -> {
            var scalar = new BigInteger(privateHex, 16);
            var point = ECNamedCurveTable.getParameterSpec("secp256r1")
                    .getG()
                    .multiply(scalar)
                    .normalize();
            String jwk = "{'kty':'EC','crv':'P-256','d':'%s','x':'%s','y':'%s'}"
                    .formatted(
                            coordinate(scalar),
                            coordinate(point.getAffineXCoord().toBigInteger()),
                            coordinate(point.getAffineYCoord().toBigInteger()));
            return admin.post(
                    SLOT + "/keys/import",
                    "{'format':'jwk','type':'EC','usage':['derive'],'material':%s}".formatted(jwk));
        });
    }

    private static String coordinate(BigInteger value) {
        byte[] padded = new byte[32];
        byte[] bytes = value.toByteArray();
        int skipped = Math.max(0, bytes.length - padded.length);
        System.arraycopy(bytes, skipped, padded, padded.length - bytes.length + skipped, bytes.length - skipped);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(padded);
    }

    /** The id of the imported key; empty for one that was refused. */
    private String secret(JsonNode test, String type, String usage) throws Exception {
        return known(test.path("key").asString(), () -> imported("raw", base64(test, "key"), type, usage));
    }

    private String known(String secret, Import making) throws Exception {
        String id = keys.get(secret);
        if (id == null) {
            Gateway.Answer made = making.make();
            assertThat(made.status()).as(made.text()).isIn(201, 400);
            id = made.json().path("id").asString("");
            keys.put(secret, id);
        }
        return id;
    }

    private Gateway.Answer imported(String format, String material, String type, String usage) throws Exception {
        Gateway.Answer answer = admin.post(
                SLOT + "/keys/import",
                "{'format':'%s','material':'%s','type':'%s','usage':['%s']}".formatted(format, material, type, usage));
        if (answer.status() == 201) {
            keys.putIfAbsent(
                    answer.json().path("id").asString(),
                    answer.json().path("id").asString());
        }
        assertThat(answer.status()).as(answer.text()).isIn(201, 400, 422);
        return answer;
    }

    private Gateway.Answer call(String operation, Map<String, String> fields) throws Exception {
        Gateway.Answer answer = admin.post(SLOT + operation, JsonMapper.shared().writeValueAsString(fields));
        // What goes wrong here refuses nothing.
        assertThat(answer.status()).as(answer.text()).isIn(200, 400, 422);
        return answer;
    }

    private static boolean opened(Gateway.Answer answer, JsonNode test) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 400, 422);
        return answer.status() == 200
                && answer.json().path("plaintext").asString().equals(base64(test, "msg"));
    }

    /** @param rule why a valid one may be refused */
    private void judge(JsonNode test, boolean accepted, String rule) {
        String result = test.path("result").asString();
        String what = result + (accepted ? " accepted" : " refused");
        boolean isWrong =
                (result.equals("invalid") && accepted) || (result.equals("valid") && !accepted && rule.equals("none"));
        if (isWrong) {
            wrong.add(what + ": " + test);
        }
        rules.merge(result.equals("valid") && !accepted ? what + " (" + rule + ")" : what, 1, Integer::sum);
    }

    private void report(String file) throws Exception {
        Campaign.report("wycheproof", file + ": " + rules);
        for (String key : List.copyOf(keys.values())) {
            if (!key.isEmpty()) {
                admin.delete(SLOT + "/keys/" + key);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(rules).containsKey("valid accepted");
    }

    private static String base64(JsonNode node, String field) {
        return Base64.getEncoder()
                .encodeToString(HexFormat.of().parseHex(node.path(field).asString()));
    }

    private static JsonNode groups(String file) throws Exception {
        Path vectors = FOLDER.resolve(file + "_test.json");
        assumeTrue(Files.exists(vectors), "Wycheproof's vectors are not there: " + FOLDER);
        return JsonMapper.shared().readTree(Files.readString(vectors)).path("testGroups");
    }

    /** Imports a key. */
    private interface Import {

        Gateway.Answer make() throws Exception;
    }
}
