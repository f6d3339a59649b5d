package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What REST makes pkcs11-tool, on the same token, and openssl take, and the other way round. Neither tool knows AES-GCM (its
 * judge is the JDK, in the contract of the port), and pkcs11-tool makes no CMAC.
 */
class CryptoCrossIntegrationTests extends AgainstTrialGateway {

    private static final String SLOT = "/slots/3";
    private static final byte[] MESSAGE = "a message for others\n".getBytes(StandardCharsets.UTF_8);
    private static final String BASE64 = Base64.getEncoder().encodeToString(MESSAGE);
    private static final String SECRET = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @TempDir
    Path folder;

    TokenTools tools;

    @BeforeEach
    void prepare() throws Exception {
        tools = new TokenTools(data, folder, "slot-3");
        Files.write(folder.resolve("message"), MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "HS256, 1, SHA256-HMAC, openssl dgst -sha256 -mac HMAC -macopt hexkey:KEY -binary message",
        "HS384, 2, SHA384-HMAC, openssl dgst -sha384 -mac HMAC -macopt hexkey:KEY -binary message",
        "HS512, 2, SHA512-HMAC, openssl dgst -sha512 -mac HMAC -macopt hexkey:KEY -binary message",
        "AES-CMAC, 1, , openssl mac -cipher AES-256-CBC -macopt hexkey:KEY -binary -in message CMAC",
    })
    void aMacIsThatOfOthers(String algorithm, int repeated, @Nullable String mechanism, String openssl)
            throws Exception {
        String secret = SECRET.repeat(repeated);
        String key = post(
                201,
                "/keys/import",
                "{'format':'raw','material':'%s','type':'%s','usage':['mac']}"
                        .formatted(
                                base64(HexFormat.of().parseHex(secret)), algorithm.startsWith("HS") ? "HMAC" : "AES"),
                "id");
        String mac = post(
                200, "/mac", "{'key':'%s','algorithm':'%s','message':'%s'}".formatted(key, algorithm, BASE64), "mac");
        tools.shell(openssl.replace("KEY", secret) + " > ours");
        assertThat(base64(Files.readAllBytes(folder.resolve("ours")))).isEqualTo(mac);
        if (mechanism != null) {
            tools.pkcs11("--sign --id %s -m %s -i message -o theirs".formatted(key, mechanism));
            assertThat(base64(Files.readAllBytes(folder.resolve("theirs")))).isEqualTo(mac);
        }
        assertThat(post(
                        200,
                        "/mac/verify",
                        "{'key':'%s','algorithm':'%s','message':'%s','mac':'%s'}"
                                .formatted(key, algorithm, BASE64, mac),
                        "valid"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, RSA -pkeyopt rsa_keygen_bits:2048, dgst -sha256 -sign key.pem",
        "RS384, RSA -pkeyopt rsa_keygen_bits:2048, dgst -sha384 -sign key.pem",
        "RS512, RSA -pkeyopt rsa_keygen_bits:2048, dgst -sha512 -sign key.pem",
        "PS256, RSA -pkeyopt rsa_keygen_bits:2048, dgst -sha256 -sign key.pem PSS",
        "PS384, RSA -pkeyopt rsa_keygen_bits:2048, dgst -sha384 -sign key.pem PSS",
        "PS512, RSA -pkeyopt rsa_keygen_bits:2048, dgst -sha512 -sign key.pem PSS",
        "ES256, EC -pkeyopt ec_paramgen_curve:P-256, dgst -sha256 -sign key.pem",
        "ES384, EC -pkeyopt ec_paramgen_curve:P-384, dgst -sha384 -sign key.pem",
        "ES512, EC -pkeyopt ec_paramgen_curve:P-521, dgst -sha512 -sign key.pem",
        "ES256K, EC -pkeyopt ec_paramgen_curve:secp256k1, dgst -sha256 -sign key.pem",
        "EdDSA, Ed25519, pkeyutl -sign -rawin -inkey key.pem",
    })
    void whatOpensslSignsWithTheSameKeyIsVerified(String algorithm, String kind, String openssl) throws Exception {
        tools.shell("openssl genpkey -algorithm %s -out key.pem 2>&1".formatted(kind));
        String pss = "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest";
        String file = openssl.startsWith("dgst") ? "message" : "-in message";
        tools.shell("openssl %s -out theirs %s".formatted(openssl.replace("PSS", pss), file));
        String key = post(
                201,
                "/keys/import",
                "{'format':'pkcs8','material':'%s','type':'%s','usage':['sign']}"
                        .formatted(
                                Files.readString(folder.resolve("key.pem")).replace("\n", "\\n"),
                                kind.equals("Ed25519") ? "OKP" : kind.split(" ", 2)[0]),
                "id");
        byte[] signature = Files.readAllBytes(folder.resolve("theirs"));
        assertThat(verified(key, algorithm, signature)).isEqualTo("true");
        signature[signature.length - 1] ^= 1;
        assertThat(verified(key, algorithm, signature)).isEqualTo("false");
    }

    private String verified(String key, String algorithm, byte[] signature) throws Exception {
        return post(
                200,
                "/verify",
                "{'key':'%s','algorithm':'%s','message':'%s','signature':'%s'}"
                        .formatted(key, algorithm, BASE64, base64(signature)),
                "valid");
    }

    @ParameterizedTest
    @CsvSource({"RSA-OAEP, sha1", "RSA-OAEP-256, sha256"})
    void whatOneEncryptsTheOtherDecrypts(String algorithm, String hash) throws Exception {
        tools.shell("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem 2>&1;"
                + "openssl pkey -in key.pem -pubout -out public.pem");
        String pem = Files.readString(folder.resolve("key.pem")).replace("\n", "\\n");
        String key = post(
                201,
                "/keys/import",
                "{'format':'pkcs8','material':'%s','type':'RSA','usage':['decrypt']}".formatted(pem),
                "id");
        String padding =
                "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:%s -pkeyopt rsa_mgf1_md:%s".formatted(hash, hash);
        tools.shell("openssl pkeyutl -encrypt -pubin -inkey public.pem %s -in message -out theirs".formatted(padding));
        assertThat(post(
                        200,
                        "/decrypt",
                        "{'key':'%s','algorithm':'%s','ciphertext':'%s'}"
                                .formatted(key, algorithm, base64(Files.readAllBytes(folder.resolve("theirs")))),
                        "plaintext"))
                .isEqualTo(BASE64);

        String ciphertext = post(
                200,
                "/encrypt",
                "{'key':'%s','algorithm':'%s','plaintext':'%s'}".formatted(key, algorithm, BASE64),
                "ciphertext");
        Files.write(folder.resolve("ours"), Base64.getDecoder().decode(ciphertext));
        tools.shell("openssl pkeyutl -decrypt -inkey key.pem %s -in ours -out opened".formatted(padding));
        assertThat(folder.resolve("opened")).hasBinaryContent(MESSAGE);
        if (hash.equals("sha1")) {
            tools.pkcs11("--decrypt --id %s -m RSA-PKCS-OAEP --hash-algorithm SHA-1 -i ours -o again".formatted(key));
            assertThat(folder.resolve("again")).hasBinaryContent(MESSAGE);
        }
    }

    /** openssl and pkcs11-tool agree on a secret with the key of the token, and the key that REST derives is made of it. */
    @Test
    void allAgreeOnTheSameSecret() throws Exception {
        tools.shell("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out peer.pem;"
                + "openssl pkey -in peer.pem -pubout -out peer-public.pem;"
                + "openssl pkey -in peer.pem -pubout -outform DER -out peer-public.der");
        String key = post(201, "/keys", "{'type':'EC','curve':'P-256','usage':['derive']}", "id");
        Files.write(
                folder.resolve("public.pem"),
                admin.get(SLOT + "/keys/" + key + "/public", "Accept", "application/x-pem-file")
                        .bytes());
        tools.shell("openssl pkeyutl -derive -inkey peer.pem -peerkey public.pem -out secret");
        tools.pkcs11("--derive --id %s -m ECDH1-DERIVE -i peer-public.der -o theirs".formatted(key));
        assertThat(folder.resolve("theirs")).hasSameBinaryContentAs(folder.resolve("secret"));

        String derived = post(
                201,
                "/derive",
                "{'key':'%s','algorithm':'ECDH-ES','publicKey':'%s','type':'HMAC','size':256,'usage':['mac']}"
                        .formatted(
                                key,
                                Files.readString(folder.resolve("peer-public.pem"))
                                        .replace("\n", "\\n")),
                "id");
        // RFC 7518 section 4.6.2 with empty fields, by hand: round 1, secret, three empty fields, 256 bits.
        tools.shell(
                "(printf '\\0\\0\\0\\1'; cat secret; printf '\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\1\\0')"
                        + " | openssl dgst -sha256 -binary > derived;"
                        + " openssl dgst -sha256 -mac HMAC -macopt hexkey:$(od -An -tx1 -v derived | tr -d ' \\n') -binary message > mac");
        assertThat(post(
                        200,
                        "/mac",
                        "{'key':'%s','algorithm':'HS256','message':'%s'}".formatted(derived, BASE64),
                        "mac"))
                .isEqualTo(base64(Files.readAllBytes(folder.resolve("mac"))));
    }

    @ParameterizedTest
    @CsvSource({"SHA-256, sha256", "SHA-384, sha384", "SHA-512, sha512"})
    void aDigestIsThatOfOthers(String algorithm, String theirs) throws Exception {
        tools.shell("openssl dgst -%s -binary message > digest".formatted(theirs));
        assertThat(post(200, "/digest", "{'algorithm':'%s','message':'%s'}".formatted(algorithm, BASE64), "digest"))
                .isEqualTo(base64(Files.readAllBytes(folder.resolve("digest"))));
    }

    private String post(int status, String path, String json, String field) throws Exception {
        Gateway.Answer answer = admin.post(SLOT + path, json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path(field).asString();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
