package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A key that has encrypted nearly as many messages with GCM as it may, as the database has it. */
class GcmBudgetIntegrationTests extends AgainstTrialGateway {

    private static final String SLOT = "/slots/8";
    private static final long MOST = 1L << 32;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Before each test.
    private JdbcClient database;

    @Test
    void theLastMessageIsEncryptedAndNoOtherEver() throws Exception {
        Gateway.Answer made = admin.post(SLOT + "/keys", "{'type':'AES','size':256,'usage':['encrypt']}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String key = made.json().path("id").asString();
        database.sql("insert into gcm_messages (serial, key_id, messages) values (:serial, :key, :messages)")
                .param("serial", admin.get(SLOT).json().path("serial").asString())
                .param("key", key)
                .param("messages", MOST - 1)
                .update();
        String fields = "'key':'%s','algorithm':'A256GCM','plaintext':'dGV4dA=='".formatted(key);

        Gateway.Answer last = admin.post(SLOT + "/encrypt", "{" + fields + "}");
        assertThat(last.status()).as(last.text()).isEqualTo(200);
        assertProblem(admin.post(SLOT + "/encrypt", "{" + fields + "}"), 409, "key-exhausted")
                .names("key");
        assertProblem(admin.post(SLOT + "/datakey", "{'key':'%s','size':256}".formatted(key)), 409, "key-exhausted")
                .names("key");
        JsonNode item = admin.post("/batch", "{'items':[{'slot':8,'operation':'encrypt'," + fields + "}]}")
                .json()
                .path("items")
                .path(0);
        assertThat(item.path("status").asInt()).as(item.toString()).isEqualTo(409);

        String opened = "{'key':'%s','algorithm':'A256GCM','ciphertext':'%s','iv':'%s','tag':'%s'}"
                .formatted(key, text(last, "ciphertext"), text(last, "iv"), text(last, "tag"));
        assertThat(admin.post(SLOT + "/decrypt", opened).status()).isEqualTo(200);
    }

    private static String text(Gateway.Answer answer, String field) {
        return answer.json().path(field).asString();
    }
}
