package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong calls about keys: each has its own clear answer, and leaves nothing on the token. */
class KeyErrorsIntegrationTests extends AgainstTrialGateway {

    private static final String KEYS = "/slots/8/keys";

    @TempDir
    Path folder;

    TokenTools tools;

    @BeforeEach
    void prepare() throws Exception {
        tools = new TokenTools(data, folder, "slot-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "material      | {'format':'pkcs8','material':'-----BEGIN PRIVATE KEY-----\\nAAAA\\n','type':'RSA','usage':['sign']}",
                "material      | {'format':'pkcs8','material':'no base64','type':'RSA','usage':['sign']}",
                "material      | {'format':'pkcs8','material':'AAAA','type':'RSA','usage':['sign']}",
                "material      | {'format':'raw','material':'AAAA','type':'AES','usage':['encrypt']}",
                "material      | {'format':'raw','material':17,'type':'AES','usage':['encrypt']}",
                "material      | {'format':'jwk','material':{'kty':'oct'},'type':'AES','usage':['encrypt']}",
                "material      | {'format':'raw','type':'AES','usage':['encrypt']}",
                "format        | {'format':'pkcs1','material':'AAAA','type':'RSA','usage':['sign']}",
                "type          | {'format':'raw','material':'AAAA','usage':['encrypt']}",
                "secretName    | {'secretName':'x'}",
            })
    void aWrongImportNamesTheField(String field, String body) throws Exception {
        assertProblem(admin.post(KEYS + "/import", body), 400, "invalid-field").names(field);
        assertNothingIsThere();
    }

    @Test
    void aKeyOfAnotherTypeIsRefused() throws Exception {
        String ec = Base64.getEncoder()
                .encodeToString(KeyPairGenerator.getInstance("EC")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        assertProblem(
                        admin.post(
                                KEYS + "/import",
                                "{'format':'pkcs8','material':'%s','type':'RSA','usage':['sign']}".formatted(ec)),
                        400,
                        "invalid-field")
                .names("material")
                .says("a key of type RSA");
        assertNothingIsThere();
    }

    @Test
    void anEncryptedKeyIsToldFromABrokenOne() throws Exception {
        tools.shell("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -aes256 -pass pass:secret "
                + "-out encrypted.pem 2>&1");
        String pem = Files.readString(folder.resolve("encrypted.pem")).replace("\n", "\\n");
        assertProblem(
                        admin.post(
                                KEYS + "/import",
                                "{'format':'pkcs8','material':'%s','type':'RSA','usage':['sign']}".formatted(pem)),
                        400,
                        "invalid-field")
                .names("material")
                .says("decrypt it first");
        assertNothingIsThere();
    }

    @Test
    void aBodyThatIsTooLongIsNotRead() throws Exception {
        String body = "{'format':'raw','material':'%s','type':'AES','usage':['encrypt']}".formatted("A".repeat(70_000));
        assertProblem(admin.post(KEYS + "/import", body), 413, "too-large");
        assertProblem(admin.post(KEYS + "/import", body, "Idempotency-Key", "too-long"), 413, "too-large");
        assertNothingIsThere();
    }

    @Test
    void wrongCursorsAndFiltersAreNamed() throws Exception {
        assertProblem(admin.get(KEYS + "?after=nonsense"), 400, "invalid-field").names("after");
        assertProblem(admin.get(KEYS + "?limit=0"), 400, "invalid-field").names("limit");
        assertProblem(admin.get(KEYS + "?type=DSA"), 400, "invalid-field").names("type");
        assertProblem(admin.get(KEYS + "?usage=fly"), 400, "invalid-field").names("usage");
    }

    @Test
    void aWrongUnwrapLeavesNothing() throws Exception {
        Gateway.Answer wrapping = admin.post(KEYS, "{'type':'RSA','size':2048,'usage':['wrap']}");
        String id = wrapping.json().path("id").asString();
        String blob = Base64.getEncoder().encodeToString(new byte[256]);
        String body = "{'unwrappingKey':'%s','algorithm':'%s','wrapped':'%s','type':'AES','usage':['encrypt']}";
        assertProblem(admin.post(KEYS + "/unwrap", body.formatted(id, "RSA-OAEP", blob)), 422, "decryption-failed");
        assertProblem(admin.post(KEYS + "/unwrap", body.formatted(id, "A256KW", blob)), 422, "algorithm-mismatch");
        assertProblem(admin.post(KEYS + "/unwrap", body.formatted(id, "ROT13", blob)), 400, "invalid-field")
                .names("algorithm");
        assertProblem(admin.post(KEYS + "/unwrap", body.formatted("nobody", "RSA-OAEP", blob)), 404, "key-not-found");
        assertThat(admin.delete(KEYS + "/" + id).status()).isEqualTo(204);
        assertNothingIsThere();
    }

    private void assertNothingIsThere() throws Exception {
        assertThat(tools.pkcs11("--list-objects")).doesNotContain("ID:");
    }
}
