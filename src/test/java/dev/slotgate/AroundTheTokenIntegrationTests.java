package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.pkcs11.Shim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the gateway does around a token's work: it verifies signatures, and completes what the token cannot, where it may. */
class AroundTheTokenIntegrationTests {

    private static final String NOTHING_COMPLETED = "/slots/1";
    private static final String DIGEST = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    static Path data;

    @TempDir
    static Path module;

    private static Shim shim;
    private static LaunchedGateway launched;
    private static Gateway admin;

    @BeforeAll
    static void start() throws Exception {
        shim = Shim.build(module);
        var environment = new HashMap<>(Shim.environment());
        environment.put("SLOTGATE_MODULES_0_LIBRARY", shim.library().toString());
        Path pin = Files.writeString(module.resolve("pin"), PinToken.DEFAULT_PIN);
        for (int slot = 0; slot < 2; slot++) {
            environment.put("SLOTGATE_SLOTS_" + slot + "_ID", String.valueOf(slot));
            environment.put("SLOTGATE_SLOTS_" + slot + "_LABEL", "slot-" + slot);
            environment.put("SLOTGATE_SLOTS_" + slot + "_USERPINFILE", pin.toString());
        }
        environment.put("SLOTGATE_SLOTS_1_SOFTWAREOAEP", "false");
        environment.put("SLOTGATE_SLOTS_1_SOFTWAREDERIVE", "false");
        launched = LaunchedGateway.start(data, environment).awaitReady();
        admin = new Gateway(launched.url(), data).as("", "*");
    }

    @AfterAll
    static void stop() throws Exception {
        launched.close();
    }

    @Test
    void aFaultySignatureOfRsaIsAnAlarmAndNoAnswer() throws Exception {
        String key = make("/slots/0", "{'type':'RSA','size':2048,'usage':['sign']}");
        String call = "'key':'%s','algorithm':'RS256','digest':'%s'}".formatted(key, DIGEST);
        double before = faulty();
        shim.rules("C_Sign flip\n");
        try {
            Gateway.Answer alone = admin.post("/slots/0/sign", "{" + call);
            assertProblem(alone, 503, "signature-faulty");
            assertThat(alone.text()).doesNotContain("\"signature\"");
            JsonNode item = admin.post("/batch", "{'items':[{'operation':'sign','slot':0," + call + "]}")
                    .json()
                    .path("items")
                    .path(0);
            assertThat(item.path("status").asInt()).as(item.toString()).isEqualTo(503);
            assertThat(item.toString()).contains("signature-faulty").doesNotContain("\"signature\"");
        } finally {
            shim.rules("");
        }
        assertThat(faulty() - before).isEqualTo(2);
        assertThat(Journals.in(data).lines())
                .filteredOn(line -> line.contains("\"action\":\"crypto.sign\"") && line.contains(key))
                .hasSize(2)
                .allMatch(line -> line.contains("\"problem\":\"signature-faulty\""));
        assertThat(admin.post("/slots/0/sign", "{" + call).status()).isEqualTo(200);
    }

    @Test
    void whatMayNotBeCompletedIsRefusedAndToldSo() throws Exception {
        String key = make(NOTHING_COMPLETED, "{'type':'RSA','size':2048,'usage':['decrypt']}");
        assertRefused(key, "RSA-OAEP-256", "");
        assertRefused(key, "RSA-OAEP", ",'label':'bGFiZWw='");
        assertThat(support("RSA-OAEP-256", "decrypt")).isEqualTo("unavailable");
        assertThat(support("RSA-OAEP", "decrypt")).isEqualTo("native");
        String agreeing = make(NOTHING_COMPLETED, "{'type':'EC','curve':'P-256','usage':['derive']}");
        String other =
                admin.get(NOTHING_COMPLETED + "/keys/" + agreeing + "/public").text();
        Gateway.Answer derived = admin.post(
                NOTHING_COMPLETED + "/derive",
                "{'key':'%s','algorithm':'ECDH-ES','publicKey':'%s','type':'AES','size':256,'usage':['encrypt']}"
                        .formatted(agreeing, other.replace("\n", "\\n")));
        assertProblem(derived, 422, "refused-by-token");
        assertThat(support("ECDH-ES", "derive")).isEqualTo("unavailable");
    }

    private static void assertRefused(String key, String algorithm, String more) throws Exception {
        String use = "'key':'%s','algorithm':'%s'%s".formatted(key, algorithm, more);
        JsonNode sealed = admin.post(NOTHING_COMPLETED + "/encrypt", "{" + use + ",'plaintext':'dGV4dA=='}")
                .json();
        Gateway.Answer opened = admin.post(
                NOTHING_COMPLETED + "/decrypt",
                "{%s,'ciphertext':'%s'}"
                        .formatted(use, sealed.path("ciphertext").asString()));
        assertProblem(opened, 422, "refused-by-token");
    }

    private static String support(String algorithm, String operation) throws Exception {
        for (JsonNode row : admin.get(NOTHING_COMPLETED + "/mechanisms").json().path("algorithms")) {
            if (row.path("name").asString().equals(algorithm)) {
                return row.path("operations").path(operation).asString();
            }
        }
        throw new AssertionError(algorithm);
    }

    private static String make(String slot, String order) throws Exception {
        Gateway.Answer made = admin.post(slot + "/keys", order);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private static double faulty() throws Exception {
        return Scrape.of(admin).value("slotgate_signatures_faulty_total");
    }
}
