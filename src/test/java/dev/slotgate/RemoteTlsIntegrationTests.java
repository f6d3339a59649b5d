package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Unmodified PKCS#11 applications over TLS with client certificates, by Debian's own client library; what each of them does another
 * tool checks.
 */
@TestPropertySource(
        properties = {
            "slotgate.pkcs11.clients[0].subject=CN=desk",
            "slotgate.pkcs11.clients[0].slots=*",
            "slotgate.pkcs11.clients[0].scopes=slots.read,slots.admin,pins.user,pins.so,keys.read,keys.write,"
                    + "keys.destroy,crypto.use,crypto.public",
            "slotgate.pkcs11.clients[1].subject=CN=narrow",
            "slotgate.pkcs11.clients[1].slots=5",
            "slotgate.pkcs11.clients[1].scopes=slots.read,keys.read",
            "slotgate.pkcs11.clients[2].subject=CN=guesser",
            "slotgate.pkcs11.clients[2].slots=7",
            "slotgate.pkcs11.clients[2].scopes=slots.read,keys.read",
            "slotgate.web.tls.client-auth=want"
        })
@SuppressWarnings("NullAway.Init") // Before all tests.
class RemoteTlsIntegrationTests extends AgainstTrialGateway {

    private static final int NO_SLOT = -1;
    private static final String PIN = "98765432";
    private static final String LOGIN = "--login --pin 98765432 ";

    @TempDir
    static Path folder;

    private static int pkcs11Port;

    private RemoteTools tools;

    @DynamicPropertySource
    static void tls(DynamicPropertyRegistry settings) throws Exception {
        TestCertificate ca = TestCertificate.selfSigned("ca");
        Files.writeString(folder.resolve("ca.pem"), ca.pem());
        for (String name : new String[] {"gateway", "desk", "narrow", "guesser", "stranger"}) {
            ca.issue(name).replace(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
        }
        pkcs11Port = freePort();
        settings.add("slotgate.web.tls.certificate", () -> path("gateway.pem"));
        settings.add("slotgate.web.tls.private-key", () -> path("gateway.key"));
        settings.add("slotgate.web.tls.client-ca", () -> path("ca.pem"));
        settings.add("slotgate.pkcs11.port", () -> pkcs11Port);
    }

    private static String path(String file) {
        return folder.resolve(file).toString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    void logIn() {
        // Nobody calls over HTTP.
    }

    @BeforeEach
    void tools() throws Exception {
        RemoteTools.require("pkcs11-tool", "opensc");
        RemoteTools.require("openssl", "openssl");
        RemoteTools.require("socat", "socat");
        tools = toolsOf("desk");
        Files.writeString(folder.resolve("message"), "a message\n");
    }

    private static RemoteTools toolsOf(String name) {
        return new RemoteTools(
                folder,
                "|socat - OPENSSL:127.0.0.1:%d,cert=%s,key=%s,cafile=%s,verify=1"
                        .formatted(pkcs11Port, path(name + ".pem"), path(name + ".key"), path("ca.pem")));
    }

    @Test
    void pkcs11ToolMakesKeysThatSignAndDecrypt() throws Exception {
        tools.pkcs11(0, LOGIN + "--keypairgen --key-type EC:prime256v1 --label ec --id 01");
        tools.pkcs11(0, LOGIN + "--keypairgen --key-type rsa:2048 --label rsa --id 02");
        tools.pkcs11(0, LOGIN + "--keypairgen --key-type rsa:2048 --label box --id 03 --usage-decrypt");
        assertThat(tools.pkcs11(0, LOGIN + "-O")).contains("ID:         01", "ID:         02", "ID:         03");

        publicKey(0, "01");
        tools.shell("openssl dgst -sha256 -binary message > digest");
        tools.pkcs11(0, LOGIN + "--sign -m ECDSA --id 01 -i digest -o ec.sig --signature-format openssl");
        tools.shell("openssl dgst -sha256 -verify 01.pem -signature ec.sig message");

        publicKey(0, "02");
        tools.pkcs11(0, LOGIN + "--sign -m SHA256-RSA-PKCS --id 02 -i message -o rsa.sig");
        tools.shell("openssl dgst -sha256 -verify 02.pem -signature rsa.sig message");
        tools.pkcs11(0, LOGIN + "--sign -m RSA-PKCS-PSS --hash-algorithm SHA256 --id 02 -i digest -o pss.sig");
        tools.shell("openssl dgst -sha256 -sigopt rsa_padding_mode:pss -verify 02.pem -signature pss.sig message");

        publicKey(0, "03");
        tools.shell("openssl pkeyutl -encrypt -pubin -inkey 03.pem -pkeyopt rsa_padding_mode:oaep "
                + "-pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256 -in message -out box.enc");
        tools.pkcs11(0, LOGIN + "--decrypt -m RSA-PKCS-OAEP --hash-algorithm SHA256 --id 03 -i box.enc -o box.out");
        assertThat(folder.resolve("box.out")).hasContent("a message\n");
        tools.pkcs11(0, LOGIN + "--delete-object --type privkey --id 03");
        assertThat(tools.pkcs11(0, LOGIN + "-O")).doesNotContain("ID:         03");
    }

    @Test
    void pkcs11ToolInitialisesATokenAndChangesBothPins() throws Exception {
        String soPin = Files.readString(data.resolve("so-pins/slot-1")).strip();
        String so = "--login --login-type so --so-pin ";

        tools.pkcs11(1, "--init-token --label anew --so-pin " + soPin);
        tools.pkcs11(1, so + soPin + " --init-pin --new-pin 57721566");
        tools.pkcs11(1, "--login --pin 57721566 --change-pin --new-pin 31415926");
        tools.pkcs11(1, so + soPin + " --change-pin --new-pin 2718281828");

        assertThat(tools.shell("pkcs11-tool --module $MODULE -L")).contains("anew");
        assertThat(tools.pkcs11(1, "--login --pin 31415926 -O")).doesNotContain("error");
        assertThat(tools.pkcs11(1, so + "2718281828 --init-pin --new-pin 161803398"))
                .contains("PIN");
        assertThatThrownBy(() -> tools.pkcs11(1, "--login --pin 31415926 -O")).hasMessageContaining("PIN_INCORRECT");
    }

    @Test
    void p11toolListsAndSigns() throws Exception {
        RemoteTools.require("p11tool", "gnutls-bin");
        tools.pkcs11(2, LOGIN + "--keypairgen --key-type rsa:2048 --label p11tool --id 01");

        String tokens = tools.shell("p11tool --provider $MODULE --list-tokens 2>&1");
        assertThat(tokens).contains("token=slot-2");
        assertThat(p11tool("--list-all 'pkcs11:token=slot-2'")).contains("object=p11tool");
        assertThat(p11tool("--test-sign 'pkcs11:token=slot-2;object=p11tool;type=private'"))
                .contains("ok");
    }

    private String p11tool(String arguments) throws Exception {
        return tools.shell("GNUTLS_PIN=" + PIN + " p11tool --batch --provider $MODULE --login " + arguments + " 2>&1");
    }

    @Test
    void opensslRequestsACertificateAndSigns() throws Exception {
        requireEngine();
        tools.pkcs11(3, LOGIN + "--keypairgen --key-type EC:prime256v1 --label openssl --id 01");
        String key = "'pkcs11:token=slot-3;object=openssl;type=private;pin-value=" + PIN + "'";
        String with = "PKCS11_MODULE_PATH=$MODULE openssl ";

        tools.shell(with + "req -new -engine pkcs11 -keyform engine -key " + key + " -subj /CN=x -out x.csr 2>&1");
        assertThat(tools.shell("openssl req -in x.csr -verify -noout 2>&1")).containsIgnoringCase("verify ok");
        tools.shell(with + "dgst -engine pkcs11 -keyform engine -sign " + key + " -sha256 -out x.sig message 2>&1");
        publicKey(3, "01");
        tools.shell("openssl dgst -sha256 -verify 01.pem -signature x.sig message");
    }

    @Test
    void javaLoadsTheKeyStoreAndSigns() throws Exception {
        requireEngine();
        tools.pkcs11(4, LOGIN + "--keypairgen --key-type EC:prime256v1 --label java --id 01");
        String key = "'pkcs11:token=slot-4;object=java;type=private;pin-value=" + PIN + "'";
        tools.shell("PKCS11_MODULE_PATH=$MODULE openssl req -new -x509 -engine pkcs11 -keyform engine -key " + key
                + " -subj /CN=java -outform DER -out java.crt 2>&1");
        tools.pkcs11(4, LOGIN + "--write-object java.crt --type cert --id 01 --label java");
        Files.writeString(
                folder.resolve("java.cfg"), "name = Slotgate\nlibrary = " + RemoteTools.client() + "\nslot = 4\n");
        Files.writeString(folder.resolve("Sign.java"), """
                import java.nio.file.*;
                import java.security.*;

                class Sign {
                    public static void main(String[] arguments) throws Exception {
                        Provider token = Security.getProvider("SunPKCS11").configure("java.cfg");
                        Security.addProvider(token);
                        KeyStore keys = KeyStore.getInstance("PKCS11", token);
                        keys.load(null, arguments[0].toCharArray());
                        Signature signature = Signature.getInstance("SHA256withECDSA", token);
                        signature.initSign((PrivateKey) keys.getKey("java", null));
                        signature.update(Files.readAllBytes(Path.of("message")));
                        Files.write(Path.of("java.sig"), signature.sign());
                        signature.initVerify(keys.getCertificate("java"));
                        signature.update(Files.readAllBytes(Path.of("message")));
                        System.out.println(signature.verify(Files.readAllBytes(Path.of("java.sig"))));
                    }
                }
                """);

        String java = ProcessHandle.current().info().command().orElseThrow();
        assertThat(tools.shell(java + " Sign.java " + PIN + " 2>&1")).contains("true");
        publicKey(4, "01");
        tools.shell("openssl dgst -sha256 -verify 01.pem -signature java.sig message");
    }

    private void requireEngine() throws Exception {
        String engine = tools.shell("openssl engine pkcs11 2>&1 || true");
        RemoteTools.requireThat(engine.contains("(pkcs11)"), "libengine-pkcs11-openssl");
    }

    @Test
    void aCertificateOpensTheSlotsAndScopesThatAreConfiguredForIt() throws Exception {
        RemoteTools narrow = toolsOf("narrow");

        assertThat(narrow.shell("pkcs11-tool --module $MODULE -L 2>&1"))
                .contains("slot-5")
                .doesNotContain("slot-4");
        assertThatThrownBy(() -> narrow.pkcs11(5, LOGIN + "--keypairgen --key-type EC:prime256v1 --label no --id 01"))
                .hasMessageContaining("C_GenerateKeyPair failed");
        assertThat(toolsOf("stranger").shell("pkcs11-tool --module $MODULE -L 2>&1 || true"))
                .doesNotContain("slot-5");
        assertThat(told(NO_SLOT, "pkcs11.connect")).isNotEmpty().containsOnly("call CN=stranger refused");
    }

    @Test
    void wrongPinsAreLimitedAndCostNoTry() throws Exception {
        RemoteTools guesser = toolsOf("guesser");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> guesser.pkcs11(7, "--login --pin 12341234 -O"))
                    .hasMessageContaining("CKR_PIN_INCORRECT");
        }

        assertThatThrownBy(() -> guesser.pkcs11(7, LOGIN + "-O")).hasMessageContaining("CKR_PIN_LOCKED");
        assertThat(guesser.shell("pkcs11-tool --module $MODULE -L")).doesNotContain("count low");
        assertThat(tools.pkcs11(7, LOGIN + "-O")).doesNotContain("error");
    }

    @Test
    void theJournalNamesTheSubjectOfTheCertificate() throws Exception {
        tools.pkcs11(6, LOGIN + "--keypairgen --key-type EC:prime256v1 --label told --id 01");
        tools.shell("printf %032d 1 > digest");
        tools.pkcs11(6, LOGIN + "--sign -m ECDSA --id 01 -i digest -o signed");
        tools.pkcs11(6, LOGIN + "--change-pin --new-pin 31415926");
        tools.pkcs11(6, "--login --pin 31415926 --delete-object --type privkey --id 01");

        assertThat(told(6, "keys.generate")).containsExactly("intent CN=desk ", "call CN=desk success");
        assertThat(told(6, "crypto.sign")).containsExactly("call CN=desk success");
        assertThat(told(6, "pins.user.change")).containsExactly("intent CN=desk ", "call CN=desk success");
        assertThat(told(6, "keys.destroy")).containsExactly("intent CN=desk ", "call CN=desk success");
    }

    /** What the journal has of an action, on a slot or none. */
    private List<String> told(int slot, String action) throws Exception {
        return Journals.in(data)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.path("slot").asInt(NO_SLOT) == slot)
                .filter(line -> line.path("action").asString().equals(action))
                .map(RemoteTlsIntegrationTests::told)
                .toList();
    }

    private static String told(JsonNode line) {
        return line.path("kind").asString() + " " + line.path("subject").asString() + " "
                + line.path("outcome").asString();
    }

    private void publicKey(int slot, String id) throws Exception {
        tools.pkcs11(slot, LOGIN + "--read-object --type pubkey --id " + id + " -o " + id + ".der");
        tools.shell("openssl pkey -pubin -inform DER -in %s.der -out %s.pem 2>&1".formatted(id, id));
    }
}
