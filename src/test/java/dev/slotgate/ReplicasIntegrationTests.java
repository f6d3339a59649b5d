package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is changed at one gateway holds at another one that shares its tokens and its database, within two seconds. */
@SuppressWarnings("NullAway.Init") // Before all tests.
class ReplicasIntegrationTests {

    /** Two seconds, and what a busy machine takes to ask. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final String SIGN = "{'key':'%s','algorithm':'ES256','message':'YQ=='}";

    @TempDir
    static Path folder;

    private static Replicas replicas;
    private static Replicas.Replica one;
    private static Replicas.Replica other;

    private Gateway here;
    private Gateway there;
    private String key;

    @BeforeAll
    static void start() throws Exception {
        replicas = new Replicas(folder);
        one = replicas.start("one");
        other = replicas.start("other");
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        other.close();
        replicas.close();
    }

    @BeforeEach
    void aKeyThatBothUse() throws Exception {
        here = one.gateway().with(replicas.token("me"));
        there = other.gateway().with(replicas.token("me"));
        Gateway.Answer made = here.post("/slots/0/keys", "{'type':'EC','curve':'P-256','usage':['sign']}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        key = made.json().path("id").asString();
        awaitThere(200);
    }

    private int signThere() throws Exception {
        return there.post("/slots/0/sign", SIGN.formatted(key)).status();
    }

    private void awaitThere(int status) {
        await().atMost(SOON).until(() -> signThere() == status);
    }

    @Test
    void aKeyThatIsDisabledHereIsNotUsedThere() throws Exception {
        assertThat(here.patch("/slots/0/keys/" + key, "{'state':'disabled'}").status())
                .isEqualTo(200);
        awaitThere(409);
        assertThat(here.patch("/slots/0/keys/" + key, "{'state':'enabled'}").status())
                .isEqualTo(200);
        awaitThere(200);
    }

    @Test
    void aKeyThatIsGrantedToOthersHereIsHiddenThere() throws Exception {
        String grants = "{'grants':[{'subject':'somebody','operations':['sign']}]}";
        assertThat(here.put("/slots/0/keys/" + key + "/grants", grants).status())
                .isEqualTo(200);
        Gateway user = other.gateway().with(replicas.token("me", "crypto.use"));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertProblem(user.post("/slots/0/sign", SIGN.formatted(key)), 404, "key-not-found"));
        Gateway somebody = other.gateway().with(replicas.token("somebody", "crypto.use"));
        assertThat(somebody.post("/slots/0/sign", SIGN.formatted(key)).status()).isEqualTo(200);
    }

    @Test
    void aKeyThatIsDestroyedHereIsNotThereEither() throws Exception {
        assertThat(here.delete("/slots/0/keys/" + key).status()).isEqualTo(204);
        awaitThere(404);
        assertThat(there.get("/slots/0/keys/" + key).status()).isEqualTo(404);
    }

    @Test
    void aLabelThatPassesToAnotherKeyHereStandsForThatThere() throws Exception {
        String label = "'label':'passing'";
        assertThat(here.patch("/slots/0/keys/" + key, "{" + label + "}").status())
                .isEqualTo(200);
        await().atMost(SOON).until(() -> key.equals(signerThere("passing")));

        Gateway.Answer rotated = here.post("/slots/0/keys/" + key + "/rotate", "{}");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        String next = rotated.json().path("id").asString();
        await().atMost(SOON).until(() -> next.equals(signerThere("passing")));

        assertThat(here.patch("/slots/0/keys/" + next, "{'label':'passed'}").status())
                .isEqualTo(200);
        String other = here.post("/slots/0/keys", "{'type':'EC','curve':'P-256','usage':['sign']," + label + "}")
                .json()
                .path("id")
                .asString();
        await().atMost(SOON).until(() -> other.equals(signerThere("passing")));
    }

    private String signerThere(String label) throws Exception {
        return there.post("/slots/0/sign", SIGN.formatted(label))
                .json()
                .path("key")
                .asString("");
    }

    @Test
    void aUserPinThatIsChangedHereIsTheOneThatIsUsedThere() throws Exception {
        Gateway.Answer changed = here.post(
                "/slots/0/pins/user/change",
                "{'currentPin':'%s','newPin':'another-4711'}".formatted(Replicas.USER_PIN));
        assertThat(changed.status()).as(changed.text()).isEqualTo(204);

        assertThat(signThere()).isEqualTo(200);
        // The one that is right is not tried, since it is known to be right.
        await().atMost(SOON)
                .until(() ->
                        there.put("/slots/0/login", "{'pin':'another-4711'}").status() == 204);
        Gateway.Answer back = there.post(
                "/slots/0/pins/user/change",
                "{'currentPin':'another-4711','newPin':'%s'}".formatted(Replicas.USER_PIN));
        assertThat(back.status()).as(back.text()).isEqualTo(204);
        assertThat(here.post("/slots/0/sign", SIGN.formatted(key)).status()).isEqualTo(200);
    }
}
