package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A PKCS#11 application that lets keys out and in, wrapped, through p11-kit's client library. */
@SuppressWarnings("NullAway.Init") // Before each test.
class RemoteWrappingIntegrationTests extends AgainstTrialGateway {

    private static final String SLOT = "/slots/4";
    private static final String MESSAGE = "YSBtZXNzYWdl";

    @TempDir
    Path folder;

    private RemoteTools tools;

    @BeforeEach
    void compile() throws Exception {
        tools = RemoteTools.onSocket(folder, data);
        CCompiler.program(folder.resolve("wrap"), Path.of("src/test/c/wrap/wrap.c"));
        make("{'type':'RSA','size':2048,'usage':['wrap'],'label':'wrapping'}");
    }

    @Test
    void aKeyThatWasWrappedComesBackAsItWas() throws Exception {
        String out = make("{'type':'HMAC','size':256,'usage':['mac'],'extractable':true,'label':'out'}");

        assertThat(wrap("out", "wrapping", "back", 0))
                .as("as another one than it was")
                .contains("C_UnwrapKey: 0x68");
        String printed = wrap("out", "wrapping", "back", 1);

        assertThat(printed.lines())
                .as("the length, and what becomes of a wrapped key that was changed")
                .containsExactly("256", "C_UnwrapKey: 0x110");
        JsonNode back = named("back");
        assertThat(back.path("attributes").path("extractable").asBoolean())
                .as(back.toString())
                .isTrue();
        assertThat(back.path("size").asInt()).isEqualTo(256);
        assertThat(mac("back")).isEqualTo(mac("out"));
        await().untilAsserted(() -> assertThat(
                        admin.get("/audit?slot=4&action=keys.unwrap").text())
                .contains(back.path("id").asString(), "\"algorithm\":\"RSA-OAEP\"", "unix:"));
        assertThat(admin.get("/audit?slot=4&action=keys.wrap&key=" + out).json().path("items"))
                .as("the call that asks for the length has no record")
                .hasSize(2)
                .allMatch(record -> record.path("outcome").asString().equals("success"));
        remove("out", "back", "wrapping");
    }

    @Test
    void whatMayNotLeaveStays() throws Exception {
        make("{'type':'HMAC','size':256,'usage':['mac'],'label':'stays'}");
        make("{'type':'RSA','size':2048,'usage':['decrypt'],'label':'decrypting'}");

        assertThat(wrap("stays", "wrapping", "again", 0)).contains("C_WrapKey: 0x6a");
        assertThat(wrap("stays", "decrypting", "again", 0)).contains("C_WrapKey: 0x68");
        remove("stays", "decrypting", "wrapping");
    }

    private String wrap(String key, String wrappingKey, String newKey, int extractable) throws Exception {
        return tools.shell("./wrap $MODULE slot-4 98765432 %s %s %s %d 2>&1 || true"
                .formatted(key, wrappingKey, newKey, extractable));
    }

    private String mac(String key) throws Exception {
        return admin.post(SLOT + "/mac", "{'key':'%s','algorithm':'HS256','message':'%s'}".formatted(key, MESSAGE))
                .json()
                .path("mac")
                .asString();
    }

    private String make(String order) throws Exception {
        Gateway.Answer made = admin.post(SLOT + "/keys", order);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private void remove(String... labels) throws Exception {
        for (String label : labels) {
            String id = named(label).path("id").asString();
            assertThat(admin.delete(SLOT + "/keys/" + id).status()).isEqualTo(204);
        }
    }

    private JsonNode named(String label) throws Exception {
        return admin.get(SLOT + "/keys?label=" + label).json().path("items").path(0);
    }
}
