package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keys of every kind that openCryptoki has, made over REST and used by pkcs11-tool and openssl. */
class OpenCryptokiKeyMatrixIntegrationTests {

    private static final PinToken TOKEN = PinToken.OPENCRYPTOKI;
    private static final byte[] MESSAGE = "a message of the matrix\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path data;

    @TempDir
    Path folder;

    @Test
    void whatTheTokenCanItDoesForBothSides() throws Exception {
        Map<String, String> environment = TOKEN.prepare();
        Files.write(folder.resolve("message"), MESSAGE);
        try (var gateway = LaunchedGateway.start(data, environment).awaitReady()) {
            Gateway admin = new Gateway(gateway.url(), data).as("", "*");
            signs(admin, generate(admin, "{'type':'RSA','size':2048,'usage':['sign']}"));
            decrypts(admin, generate(admin, "{'type':'RSA','size':2048,'usage':['decrypt']}"));
            String wrapping = generate(admin, "{'type':'RSA','size':2048,'usage':['wrap']}");
            comesBack(
                    admin, wrapping, generate(admin, "{'type':'HMAC','size':256,'usage':['mac'],'extractable':true}"));
            for (String usage : new String[] {"encrypt", "wrap", "mac"}) {
                String id = generate(admin, "{'type':'AES','size':256,'usage':['%s']}".formatted(usage));
                assertThat(pkcs11("--list-objects")).contains(id);
                assertThat(admin.delete(TOKEN.path("/keys/" + id)).status()).isEqualTo(204);
                assertThat(pkcs11("--list-objects")).doesNotContain(id);
            }
            assertProblem(
                    admin.post(TOKEN.path("/keys"), "{'type':'EC','curve':'P-256','usage':['sign']}"),
                    422,
                    "refused-by-token");
        }
    }

    private void signs(Gateway admin, String id) throws Exception {
        publicPem(admin, id);
        String signature = admin.post(
                        TOKEN.path("/sign"),
                        "{'key':'%s','algorithm':'RS256','message':'%s'}"
                                .formatted(id, Base64.getEncoder().encodeToString(MESSAGE)))
                .json()
                .path("signature")
                .asString();
        Files.write(folder.resolve("signature"), Base64.getDecoder().decode(signature));
        assertThat(shell("openssl dgst -sha256 -verify public.pem -signature signature message"))
                .contains("Verified OK");
    }

    private void decrypts(Gateway admin, String id) throws Exception {
        publicPem(admin, id);
        shell(
                "openssl pkeyutl -encrypt -pubin -inkey public.pem -pkeyopt rsa_padding_mode:oaep -in message -out encrypted");
        pkcs11("--decrypt --id %s -m RSA-PKCS-OAEP --hash-algorithm SHA-1 -i encrypted -o decrypted".formatted(id));
        assertThat(folder.resolve("decrypted")).hasBinaryContent(MESSAGE);
    }

    /** The token leaves what it unwraps in the clear, whatever is asked of it; here nobody sees it so. */
    private void comesBack(Gateway admin, String wrapping, String id) throws Exception {
        String wrapped = admin.post(
                        TOKEN.path("/keys/" + id + "/wrap"),
                        "{'wrappingKey':'%s','algorithm':'RSA-OAEP'}".formatted(wrapping))
                .json()
                .path("wrapped")
                .asString();
        Gateway.Answer back = admin.post(
                TOKEN.path("/keys/unwrap"),
                "{'unwrappingKey':'%s','algorithm':'RSA-OAEP','wrapped':'%s','type':'HMAC','usage':['mac']}"
                        .formatted(wrapping, wrapped));
        assertThat(back.status()).as(back.text()).isEqualTo(201);
        JsonNode attributes = back.json().path("attributes");
        assertThat(attributes.path("sensitive").asBoolean()).isTrue();
        String secondId = back.json().path("id").asString();
        for (String each : new String[] {id, secondId}) {
            pkcs11("--sign --id %s -m SHA256-HMAC -i message -o mac-%s".formatted(each, each));
        }
        assertThat(folder.resolve("mac-" + secondId)).hasSameBinaryContentAs(folder.resolve("mac-" + id));
    }

    private static String generate(Gateway admin, String request) throws Exception {
        Gateway.Answer made = admin.post(TOKEN.path("/keys"), request);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("compliant").asBoolean()).as(made.text()).isTrue();
        return made.json().path("id").asString();
    }

    private void publicPem(Gateway admin, String id) throws Exception {
        Gateway.Answer pem = admin.get(TOKEN.path("/keys/" + id + "/public"), "Accept", "application/x-pem-file");
        Files.write(folder.resolve("public.pem"), pem.bytes());
    }

    private String pkcs11(String arguments) throws Exception {
        return shell("pkcs11-tool --module %s --token-label %s --login --pin %s %s 2>&1"
                .formatted(TOKEN.library(), TOKEN.label, PinToken.DEFAULT_PIN, arguments));
    }

    private String shell(String command) throws Exception {
        return LaunchedGateway.shell(folder, Map.of("LC_ALL", "C"), command);
    }
}
