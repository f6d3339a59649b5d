package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Unmodified PKCS#11 applications on the Unix socket of a trial gateway; what each does another tool checks. */
@SuppressWarnings("NullAway.Init") // Before each test.
class RemoteIntegrationTests extends AgainstTrialGateway {

    private static final String LOGIN = "--login --pin 98765432 ";

    @TempDir
    Path folder;

    @Autowired
    MeterRegistry meters;

    private RemoteTools tools;

    @BeforeEach
    void tools() throws Exception {
        RemoteTools.require("pkcs11-tool", "opensc");
        RemoteTools.require("openssl", "openssl");
        tools = RemoteTools.onSocket(folder, data);
        Files.writeString(folder.resolve("message"), "a message\n");
    }

    @Test
    void theSlotsAreTheGateways() throws Exception {
        String listed = tools.shell("pkcs11-tool --module $MODULE -L 2>&1");

        assertThat(listed)
                .contains("Slotgate slot 0", "Slotgate slot 9", "slot-3")
                .doesNotContain("slot 10");
        assertThat(tools.pkcs11(0, "-M")).contains("ECDSA", "SHA256-RSA-PKCS", "RSA-PKCS-PSS", "RSA-PKCS-OAEP");
    }

    @Test
    void aKeyThatPkcs11ToolMakesIsOneOfRest() throws Exception {
        String made = tools.pkcs11(0, LOGIN + "--keypairgen --key-type EC:prime256v1 --label made --id 0a0b");
        assertThat(made).contains("Private Key Object", "made");

        JsonNode key = admin.get("/slots/0/keys/0a0b").json();
        assertThat(key.path("usage").toString()).isEqualTo("[\"sign\"]");
        assertThat(key.path("compliant").asBoolean()).isTrue();
        String listed = tools.pkcs11(0, LOGIN + "-O");
        assertThat(listed).contains("made", "0a0b");
        assertThat(tools.pkcs11(0, "-O")).contains("Public Key Object").doesNotContain("Private Key Object");

        String signature = admin.post(
                        "/slots/0/sign", "{'key':'0a0b','algorithm':'ES256','message':'YSBtZXNzYWdlCg=='}")
                .json()
                .path("signature")
                .asString();
        Files.write(folder.resolve("signature"), Base64.getDecoder().decode(signature));
        tools.pkcs11(0, "--read-object --type pubkey --id 0a0b -o key.der");
        assertThat(tools.shell("openssl pkey -pubin -inform DER -in key.der -out key.pem"
                        + " && openssl dgst -sha256 -verify key.pem -signature signature message"))
                .contains("Verified OK");
    }

    @Test
    void aKeyThatRestMadeSignsThroughPkcs11Tool() throws Exception {
        JsonNode key = admin.post("/slots/1/keys", "{'type':'EC','curve':'P-256','label':'rest','usage':['sign']}")
                .json();
        tools.shell("openssl dgst -sha256 -binary message > digest");
        tools.pkcs11(1, LOGIN + "--sign -m ECDSA --label rest -i digest -o signature --signature-format openssl");

        String signature = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("signature")));
        String message = Base64.getEncoder().encodeToString("a message\n".getBytes(StandardCharsets.UTF_8));
        JsonNode verified = admin.post(
                        "/slots/1/verify",
                        "{'key':'rest','algorithm':'ES256','message':'%s','signature':'%s'}"
                                .formatted(message, signature))
                .json();
        assertThat(verified.path("valid").asBoolean()).isTrue();
        await().untilAsserted(() -> assertThat(
                        admin.get("/audit?slot=1&action=crypto.sign").text())
                .contains(key.path("id").asString(), "unix:"));
    }

    @Test
    void eachOfTwoClientsHasItsOwnLogin() throws Exception {
        admin.post("/slots/3/keys", "{'type':'EC','curve':'P-256','label':'two','usage':['sign']}");
        try (var one = new RemoteClient(data);
                var other = new RemoteClient(data)) {
            long ofOne = one.session(3, "98765432");
            long ofOther = other.session(3, "98765432");

            one.call(RemoteClient.body(19, "u").putLong(ofOne));

            assertThat(state(one, ofOne)).isEqualTo(2);
            assertThat(state(other, ofOther)).isEqualTo(3);
            assertThat(signs(other, ofOther)).isZero();
            assertThat(signs(one, ofOne)).isEqualTo(0x101);
            assertThat(admin.post("/slots/3/sign", "{'key':'two','algorithm':'ES256','message':'AA=='}")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static long state(RemoteClient client, long session) throws Exception {
        return RemoteClient.number(client.call(RemoteClient.body(13, "u").putLong(session)), 1);
    }

    /** The return code of the first call that fails. */
    private static long signs(RemoteClient client, long session) throws Exception {
        long key = first(client, session, 3);
        byte[] begun = client.call(RemoteClient.body(42, "uMu")
                .putLong(session)
                .putInt(0x1041)
                .putInt(-1)
                .putLong(key));
        if (RemoteClient.returnCode(begun) != 0) {
            return RemoteClient.returnCode(begun);
        }
        return RemoteClient.returnCode(client.call(RemoteClient.body(43, "uayfy")
                .putLong(session)
                .put((byte) 1)
                .putInt(32)
                .put(new byte[32])
                .putInt(64)));
    }

    /** The handle of the first object of a class; 0 for none. */
    private static long first(RemoteClient client, long session, long objectClass) throws Exception {
        client.call(RemoteClient.body(26, "uaA")
                .putLong(session)
                .putInt(1)
                .putInt(0)
                .put((byte) 1)
                .putInt(8)
                .putLong(objectClass));
        byte[] found = client.call(RemoteClient.body(27, "ufu").putLong(session).putInt(1));
        client.call(RemoteClient.body(28, "u").putLong(session));
        return RemoteClient.found(found);
    }

    @Test
    void aKeyIsUsedByThoseAloneToWhomItIsGranted() throws Exception {
        JsonNode key = admin.post("/slots/5/keys", "{'type':'EC','curve':'P-256','label':'granted','usage':['sign']}")
                .json();
        try (var client = new RemoteClient(data)) {
            long session = client.session(5, "98765432");
            assertThat(signs(client, session)).isZero();

            String grants = "{'grants':[{'subject':'somebody','operations':['sign']}]}";
            assertThat(admin.put("/slots/5/keys/" + key.path("id").asString() + "/grants", grants)
                            .status())
                    .isEqualTo(200);

            assertThat(signs(client, session)).isEqualTo(0x68);
        }
    }

    @Test
    void aClientThatIsKilledLeavesNothingBehind() throws Exception {
        for (int i = 0; i < 20; i++) {
            var client = new RemoteClient(data);
            long session = client.session(4, "98765432");
            client.send(new byte[] {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, (byte) session});
            client.close();
        }

        await().untilAsserted(() -> assertThat(
                        meters.get("slotgate.pkcs11.connections").gauge().value())
                .isZero());
        JsonNode sessions = sessions(4);
        assertThat(sessions.path("inUse").asInt()).isZero();
        assertThat(sessions.path("waiting").asInt()).isZero();
    }

    @Test
    void aClientThatIsKilledWhileItsKeyIsMadeLeavesNothingBehind() throws Exception {
        int before = sizeOf("/slots/6/keys");
        boolean seen = false;
        for (int i = 0; i < 10 && !seen; i++) {
            try (var client = new RemoteClient(data)) {
                client.begin(rsaPair(client.session(6, "98765432")));
                for (int look = 0; look < 20 && !seen; look++) {
                    seen = sessions(6).path("inUse").asInt() > 0;
                }
            }
        }

        assertThat(seen)
                .as("a session of the token was in use when a client went")
                .isTrue();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(meters.get("slotgate.pkcs11.connections").gauge().value())
                    .isZero();
            assertThat(sessions(6).path("inUse").asInt()).isZero();
        });
        assertThat(sizeOf("/slots/6/keys"))
                .as("what was begun is a key like any other")
                .isGreaterThan(before);
    }

    private JsonNode sessions(int slot) throws Exception {
        return admin.get("/slots/" + slot).json().path("sessions");
    }

    private int sizeOf(String path) throws Exception {
        return admin.get(path).json().path("items").size();
    }

    /** C_GenerateKeyPair of RSA with 4096 bits, which takes a while. */
    private static byte[] rsaPair(long session) {
        return RemoteClient.bytes(RemoteClient.body(59, "uMaAaA")
                .putLong(session)
                .putInt(0)
                .putInt(-1)
                .putInt(1)
                .putInt(0x121)
                .put((byte) 1)
                .putInt(8)
                .putLong(4096)
                .putInt(1)
                .putInt(1)
                .put((byte) 1)
                .putInt(1)
                .put((byte) 1));
    }

    @Test
    void aClientKeepsSomethingHereButNotEverything() throws Exception {
        try (var client = new RemoteClient(data);
                var other = new RemoteClient(data)) {
            long session = client.session(8, "98765432");
            int kept = 0;
            while (RemoteClient.returnCode(client.call(data(session, 1 << 20))) == 0) {
                kept++;
            }
            assertThat(kept).isEqualTo(7);
            long ofOther = other.session(8, "98765432");
            assertThat(RemoteClient.returnCode(other.call(data(ofOther, 1 << 20))))
                    .as("another connection of the same caller")
                    .isEqualTo(0x31);

            client.call(RemoteClient.body(11, "u").putLong(session));

            assertThat(RemoteClient.returnCode(other.call(data(ofOther, 1 << 20))))
                    .isZero();
        }
    }

    /** C_CreateObject of data that last as long as the session. */
    private static byte[] data(long session, int bytes) {
        return RemoteClient.bytes(RemoteClient.body(20, "uaA", bytes + 128)
                .putLong(session)
                .putInt(2)
                .putInt(0)
                .put((byte) 1)
                .putInt(8)
                .putLong(0)
                .putInt(0x11)
                .put((byte) 1)
                .putInt(bytes)
                .putInt(bytes)
                .put(new byte[bytes]));
    }

    @Test
    void anAnswerIsNoLongerThanARequest() throws Exception {
        admin.post("/slots/8/keys", "{'type':'RSA','size':2048,'label':'long','usage':['sign']}");
        try (var client = new RemoteClient(data)) {
            long session = client.session(8, "98765432");
            long key = first(client, session, 2);

            assertThat(RemoteClient.returnCode(client.call(moduli(session, key, 100))))
                    .isZero();
            assertThat(RemoteClient.returnCode(client.call(moduli(session, key, 100_000))))
                    .isEqualTo(0x31);
            assertThat(state(client, session)).isEqualTo(3);
        }
    }

    /** PKCS#11 2.40 section 5.11: but for a buffer that is too small. */
    @Test
    void anOperationIsOverWhenACallOfItFails() throws Exception {
        admin.post("/slots/8/keys", "{'type':'HMAC','size':256,'label':'over','usage':['mac']}");
        try (var client = new RemoteClient(data)) {
            long session = client.session(8, "98765432");
            long key = first(client, session, 4);
            assertThat(RemoteClient.returnCode(client.call(beginMac(session, key))))
                    .isZero();
            long failed = 0;
            for (int i = 0; failed == 0 && i < 20; i++) {
                failed = RemoteClient.returnCode(client.call(update(session, 1 << 20)));
            }
            assertThat(failed).as("a message that is too long").isNotZero();

            assertThat(RemoteClient.returnCode(client.call(update(session, 1))))
                    .as("CKR_OPERATION_NOT_INITIALIZED")
                    .isEqualTo(0x91);
            assertThat(RemoteClient.returnCode(client.call(beginMac(session, key))))
                    .isZero();
        }
    }

    /** C_SignInit with CKM_SHA256_HMAC. */
    private static byte[] beginMac(long session, long key) {
        return RemoteClient.bytes(RemoteClient.body(42, "uMu")
                .putLong(session)
                .putInt(0x251)
                .putInt(-1)
                .putLong(key));
    }

    /** C_SignUpdate. */
    private static byte[] update(long session, int bytes) {
        return RemoteClient.bytes(RemoteClient.body(44, "uay", bytes + 128)
                .putLong(session)
                .put((byte) 1)
                .putInt(bytes)
                .put(new byte[bytes]));
    }

    @Test
    void anObjectOfASessionHasNoAttributeThatChanges() throws Exception {
        try (var client = new RemoteClient(data)) {
            long session = client.session(8, "98765432");
            long object = RemoteClient.number(client.call(data(session, 16)), 0);
            ByteBuffer change = RemoteClient.body(25, "uuaA")
                    .putLong(session)
                    .putLong(object)
                    .putInt(1)
                    .putInt(3)
                    .put((byte) 1)
                    .putInt(1)
                    .putInt(1)
                    .put((byte) 'x');
            assertThat(RemoteClient.returnCode(client.call(change)))
                    .as("CKR_ATTRIBUTE_READ_ONLY")
                    .isEqualTo(0x10);
        }
    }

    /** C_GetAttributeValue that asks for the same attribute again and again. */
    private static byte[] moduli(long session, long key, int times) {
        ByteBuffer body = RemoteClient.body(24, "uufA", 64 + 8 * times)
                .putLong(session)
                .putLong(key)
                .putInt(times);
        for (int i = 0; i < times; i++) {
            body.putInt(0x120).putInt(256);
        }
        return RemoteClient.bytes(body);
    }

    @Test
    void whatIsNoFrameEndsItsConnectionAndNoOther() throws Exception {
        try (var witness = new RemoteClient(data);
                var client = new RemoteClient(data)) {
            client.send(new byte[64]);
            assertThatThrownBy(client::answer).isInstanceOf(EOFException.class);
            assertThat(RemoteClient.returnCode(witness.call(RemoteClient.body(3, ""))))
                    .isZero();
        }
    }

    @Test
    void aPinIsChangedAsUserAndAsSo() throws Exception {
        String soPin = Files.readString(data.resolve("so-pins/slot-2")).strip();

        tools.pkcs11(2, LOGIN + "--change-pin --new-pin 31415926");
        assertThat(admin.get("/slots/2").json().path("pinState").asString()).isEqualTo("ok");
        tools.pkcs11(2, "--login --login-type so --so-pin " + soPin + " --change-pin --new-pin 2718281828");
        tools.pkcs11(2, "--login --login-type so --so-pin 2718281828 --init-pin --new-pin 161803398");
        assertThat(tools.pkcs11(2, "--login --pin 161803398 -O")).doesNotContain("error");
        tools.pkcs11(2, "--init-token --label anew --so-pin 2718281828");
        tools.pkcs11(2, "--login --login-type so --so-pin 2718281828 --init-pin --new-pin 57721566");
        assertThat(admin.get("/slots/2").json().path("label").asString()).isEqualTo("anew");
        assertThat(tools.pkcs11(2, "--login --pin 57721566 -O")).doesNotContain("error");
    }
}
