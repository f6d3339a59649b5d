package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Keys of every kind, made over REST, as pkcs11-tool shows them and as it and openssl use them, and the other way round. */
class KeyMatrixIntegrationTests extends AgainstTrialGateway {

    private static final byte[] MESSAGE = "a message of the matrix\n".getBytes(StandardCharsets.UTF_8);
    private static final String BASE64 = Base64.getEncoder().encodeToString(MESSAGE);

    @TempDir
    Path folder;

    TokenTools tools;

    @BeforeEach
    void prepare() throws Exception {
        tools = new TokenTools(data, folder, "slot-1");
        Files.write(folder.resolve("message"), MESSAGE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aKeyIsOnTheTokenAsItWasAskedFor(Kind kind) throws Exception {
        JsonNode key = generate(kind);

        assertThat(key.path("usage")).extracting(JsonNode::asString).containsExactly(kind.usage);
        assertThat(key.path("compliant").asBoolean()).isTrue();
        String id = key.path("id").asString();
        String shown = shown(id);
        assertThat(shown).contains(kind.shownAs);
        assertThat(shown.lines().filter(line -> line.contains("Access:")))
                .anyMatch(line -> line.contains("sensitive, always sensitive, never extractable, local"));
        List<String> usages = shown.lines()
                .filter(line -> line.contains("Usage:"))
                .map(line -> line.replaceAll(".*Usage: *", "").trim())
                .toList();
        assertThat(usages).containsExactlyInAnyOrderElementsOf(kind.shownUsages());
        assertThat(admin.delete("/slots/1/keys/" + id).status()).isEqualTo(204);
        assertThat(shown(id)).isEmpty();
    }

    /** What pkcs11-tool shows of the objects that have the id. */
    private String shown(String id) throws Exception {
        return Stream.of(tools.pkcs11("--list-objects").split("\n(?=\\S)", -1))
                .filter(object -> object.contains("ID:         " + id))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "ES256, P-256, ECDSA, -sha256",
        "ES384, P-384, ECDSA, -sha384",
        "ES512, P-521, ECDSA, -sha512",
        "ES256K, secp256k1, ECDSA, -sha256",
        "RS256, 2048, SHA256-RSA-PKCS, -sha256",
        "RS384, 2048, SHA384-RSA-PKCS, -sha384",
        "RS512, 3072, SHA512-RSA-PKCS, -sha512",
        "PS256, 4096, SHA256-RSA-PKCS-PSS, -sha256",
        "PS384, 2048, SHA384-RSA-PKCS-PSS, -sha384",
        "PS512, 2048, SHA512-RSA-PKCS-PSS, -sha512",
    })
    void whatOneSignsTheOtherVerifies(String algorithm, String kind, String mechanism, String openssl)
            throws Exception {
        boolean isEc = mechanism.equals("ECDSA");
        String id = generate(
                        isEc
                                ? "{'type':'EC','curve':'%s','usage':['sign']}".formatted(kind)
                                : "{'type':'RSA','size':%s,'usage':['sign']}".formatted(kind))
                .path("id")
                .asString();
        publicPem(id);
        JsonNode signed = admin.post(
                        "/slots/1/sign",
                        "{'key':'%s','algorithm':'%s','message':'%s'}".formatted(id, algorithm, BASE64))
                .json();
        Files.write(
                folder.resolve("signature"),
                Base64.getDecoder().decode(signed.path("signature").asString()));
        assertThat(tools.shell("openssl dgst %s %s -verify public.pem -signature signature message"
                        .formatted(openssl, algorithm.startsWith("PS") ? "-sigopt rsa_padding_mode:pss" : "")))
                .contains("Verified OK");

        tools.shell("openssl dgst " + openssl + " -binary message > digest");
        tools.pkcs11("--sign --id %s -m %s -i %s -o other".formatted(id, mechanism, isEc ? "digest" : "message"));
        String other = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("other")));
        assertThat(admin.post(
                                "/slots/1/verify",
                                "{'key':'%s','algorithm':'%s','message':'%s','signature':'%s'%s}"
                                        .formatted(id, algorithm, BASE64, other, isEc ? ",'format':'raw'" : ""))
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void ed25519SignsTheMessageItself() throws Exception {
        String id = generate("{'type':'OKP','curve':'Ed25519','usage':['sign']}")
                .path("id")
                .asString();
        publicPem(id);
        String signature = admin.post(
                        "/slots/1/sign", "{'key':'%s','algorithm':'EdDSA','message':'%s'}".formatted(id, BASE64))
                .json()
                .path("signature")
                .asString();
        Files.write(folder.resolve("signature"), Base64.getDecoder().decode(signature));
        assertThat(tools.shell(
                        "openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in message -sigfile signature"))
                .contains("Signature Verified Successfully");
        // A signature of Ed25519 is the same whoever makes it (RFC 8032).
        tools.pkcs11("--sign --id %s -m EDDSA -i message -o other".formatted(id));
        assertThat(folder.resolve("other")).hasSameBinaryContentAs(folder.resolve("signature"));
        assertThat(admin.post(
                                "/slots/1/verify",
                                "{'key':'%s','algorithm':'EdDSA','message':'%s','signature':'%s'}"
                                        .formatted(id, BASE64, signature))
                        .json()
                        .path("valid")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whatOpensslEncryptsPkcs11ToolDecrypts() throws Exception {
        String id = generate("{'type':'RSA','size':2048,'usage':['decrypt']}")
                .path("id")
                .asString();
        publicPem(id);
        tools.shell("openssl pkeyutl -encrypt -pubin -inkey public.pem -pkeyopt rsa_padding_mode:oaep "
                + "-in message -out encrypted");
        tools.pkcs11(
                "--decrypt --id %s -m RSA-PKCS-OAEP --hash-algorithm SHA-1 -i encrypted -o decrypted".formatted(id));
        assertThat(folder.resolve("decrypted")).hasBinaryContent(MESSAGE);
    }

    /** What pkcs11-tool makes with the two keys is the same, so they are. */
    @ParameterizedTest
    @ValueSource(strings = {"A256KW", "A256KWP", "RSA-OAEP"})
    void aWrappedKeyComesBackAsItself(String algorithm) throws Exception {
        String wrappingKey = generate(
                        algorithm.startsWith("A256")
                                ? "{'type':'AES','size':256,'usage':['wrap']}"
                                : "{'type':'RSA','size':2048,'usage':['wrap']}")
                .path("id")
                .asString();
        String id = generate("{'type':'HMAC','size':256,'usage':['mac'],'extractable':true}")
                .path("id")
                .asString();
        String wrapped = admin.post(
                        "/slots/1/keys/" + id + "/wrap",
                        "{'wrappingKey':'%s','algorithm':'%s'}".formatted(wrappingKey, algorithm))
                .json()
                .path("wrapped")
                .asString();
        Gateway.Answer back = admin.post(
                "/slots/1/keys/unwrap",
                "{'unwrappingKey':'%s','algorithm':'%s','wrapped':'%s','type':'HMAC','usage':['mac']}"
                        .formatted(wrappingKey, algorithm, wrapped));
        assertThat(back.status()).as(back.text()).isEqualTo(201);
        assertThat(back.json().path("size").asInt()).isEqualTo(256);
        assertThat(back.json().path("attributes").path("local").asBoolean()).isFalse();

        String secondId = back.json().path("id").asString();
        for (String each : List.of(id, secondId)) {
            tools.pkcs11("--sign --id %s -m SHA256-HMAC -i message -o mac-%s".formatted(each, each));
        }
        assertThat(folder.resolve("mac-" + secondId)).hasSameBinaryContentAs(folder.resolve("mac-" + id));
    }

    private JsonNode generate(Kind kind) throws Exception {
        return generate("{%s,'usage':['%s']}".formatted(kind.json, kind.usage));
    }

    private JsonNode generate(String request) throws Exception {
        Gateway.Answer made = admin.post("/slots/1/keys", request);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json();
    }

    private void publicPem(String id) throws Exception {
        Gateway.Answer pem = admin.get("/slots/1/keys/" + id + "/public", "Accept", "application/x-pem-file");
        Files.write(folder.resolve("public.pem"), pem.bytes());
    }

    private static Stream<Kind> kinds() {
        Stream<Kind> rsa = Stream.of(2048, 3072, 4096)
                .flatMap(size -> Stream.of("sign", "decrypt", "wrap")
                        .map(usage -> new Kind("'type':'RSA','size':" + size, usage, "RSA " + size + " bits")));
        Stream<Kind> ec = Stream.of("P-256", "P-384", "P-521", "secp256k1")
                .flatMap(curve -> Stream.of("sign", "derive")
                        .map(usage -> new Kind("'type':'EC','curve':'" + curve + "'", usage, "EC_POINT")));
        Stream<Kind> okp = Stream.of(new Kind("'type':'OKP','curve':'Ed25519'", "sign", "EC_EDWARDS"));
        Stream<Kind> aes = Stream.of(128, 192, 256)
                .flatMap(size -> Stream.of("encrypt", "wrap", "mac")
                        .map(usage -> new Kind("'type':'AES','size':" + size, usage, "AES length " + size / 8)));
        Stream<Kind> hmac = Stream.of(256, 384, 512)
                .map(size -> new Kind("'type':'HMAC','size':" + size, "mac", "Generic secret length " + size / 8));
        return Stream.of(rsa, ec, okp, aes, hmac).flatMap(kinds -> kinds);
    }

    /** @param shownAs what pkcs11-tool calls it */
    record Kind(String json, String usage, String shownAs) {

        /** As pkcs11-tool words them, one line for each half. */
        List<String> shownUsages() {
            return switch (usage) {
                case "sign" -> List.of("sign", "verify");
                case "decrypt" -> List.of("decrypt", "encrypt");
                case "derive" -> List.of("derive", "none");
                case "encrypt" -> List.of("encrypt, decrypt");
                case "wrap" -> json.contains("RSA") ? List.of("unwrap", "wrap") : List.of("wrap, unwrap");
                default -> List.of("verify");
            };
        }
    }
}
