package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Locking and unlocking slots over HTTP; each test has a slot of its own. */
@ExtendWith(OutputCaptureExtension.class)
class LoginIntegrationTests extends AgainstTrialGateway {

    private static final String RIGHT = "{'pin':'98765432'}";
    private static final String WRONG = "{'pin':'hunter-2'}";
    private static final String SIGN = "{'key':'login','algorithm':'ES256','message':'AAAA'}";

    @Test
    void thePinThatIsInUseIsTakenAsItIs() throws Exception {
        Gateway.Answer answer = admin.put("/slots/0/login", RIGHT);

        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(answer.bytes()).isEmpty();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(state(0)).isEqualTo("ready");
    }

    @Test
    void aSlotIsLockedUntilItsPinIsGivenAgain() throws Exception {
        makeKey(1);
        Gateway.Answer locked = admin.delete("/slots/1/login");

        assertThat(locked.status()).as(locked.text()).isEqualTo(204);
        assertThat(locked.header("Cache-Control")).isEqualTo("no-store");
        assertThat(state(1)).isEqualTo("locked");
        assertProblem(admin.post("/slots/1/sign", SIGN), 409, "slot-locked");
        assertThat(admin.delete("/slots/1/login").status())
                .as("a locked one is locked")
                .isEqualTo(204);

        assertThat(admin.put("/slots/1/login", RIGHT).status()).isEqualTo(204);
        assertThat(state(1)).isEqualTo("ready");
        assertThat(admin.post("/slots/1/sign", SIGN).status()).isEqualTo(200);
    }

    @Test
    void aWrongPinIsRefusedAndTheSlotGoesOn() throws Exception {
        makeKey(2);

        assertProblem(admin.put("/slots/2/login", WRONG), 403, "pin-incorrect");
        assertThat(state(2)).isEqualTo("ready");
        assertThat(admin.post("/slots/2/sign", SIGN).status()).isEqualTo(200);
        assertThat(admin.put("/slots/2/login", RIGHT).status()).isEqualTo(204);
    }

    @Test
    void aLockedSlotStaysLockedBehindAWrongPin() throws Exception {
        admin.delete("/slots/3/login");

        assertProblem(admin.put("/slots/3/login", WRONG), 403, "pin-incorrect");
        assertThat(state(3)).isEqualTo("locked");
        assertThat(admin.put("/slots/3/login", "{'pin':'98765432','spendTry':true}")
                        .status())
                .isEqualTo(204);
        assertThat(state(3)).isEqualTo("ready");
    }

    @Test
    void bothNeedTheScopeAndTheSlot() throws Exception {
        Gateway reader = stranger.as("slots.read crypto.use", "*");
        assertProblem(reader.put("/slots/4/login", RIGHT), 403, "insufficient-scope")
                .says("slots.admin");
        assertProblem(reader.delete("/slots/4/login"), 403, "insufficient-scope")
                .says("slots.admin");
        Gateway narrow = stranger.as("slots.admin", "5");
        assertProblem(narrow.put("/slots/4/login", RIGHT), 404, "slot-not-found");
        assertProblem(narrow.delete("/slots/4/login"), 404, "slot-not-found");
        assertProblem(admin.put("/slots/77/login", RIGHT), 404, "slot-not-found");
        assertProblem(admin.delete("/slots/77/login"), 404, "slot-not-found");
        assertThat(state(4)).isEqualTo("ready");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'pin':null}",
                "{'pin':''}",
                "{'pin':'hunter2\\n'}",
                "{'pin':'hunter2\\u0000'}",
                "{'pin':'hunter2\\ud800'}",
                "{'pin':16180339887}",
                "{'pin':['hunter2']}",
                "{'pin':{'is':'hunter2'}}",
            })
    void whatCannotBeAPinIsNotShown(String body, CapturedOutput log) throws Exception {
        Gateway.Answer answer = admin.put("/slots/6/login", body);

        assertProblem(answer, 400, "invalid-field").names("pin");
        assertNotShown(answer, log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'pin':'hunter2','spendTry':'hunter2'}",
                "{'pin':'hunter2','other':'hunter2'}",
                "{'pin':hunter2}",
                "{'pin':'hunter2",
                "{'pin':'hunter2','pin':'hunter2'}",
                "'hunter2'",
                "hunter2",
            })
    void aBodyThatBreaksElsewhereDoesNotShowThePin(String body, CapturedOutput log) throws Exception {
        Gateway.Answer answer = admin.put("/slots/6/login", body);

        assertThat(answer.status()).isEqualTo(400);
        assertNotShown(answer, log);
    }

    @Test
    void aRefusedPinIsInNoRecord(CapturedOutput log) throws Exception {
        assertNotShown(admin.put("/slots/7/login", "{'pin':'hunter2-16180339887'}"), log);
    }

    private void assertNotShown(Gateway.Answer answer, CapturedOutput log) throws IOException {
        assertThat(answer.text()).doesNotContain("hunter2", "16180339887");
        assertThat(log.getAll() + Journals.in(data)).contains("slots.login").doesNotContain("hunter2", "16180339887");
    }

    private void makeKey(int slot) throws Exception {
        Gateway.Answer made = admin.post(
                "/slots/" + slot + "/keys", "{'type':'EC','curve':'P-256','label':'login','usage':['sign']}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private String state(int slot) throws Exception {
        return admin.get("/slots/" + slot).json().path("state").asString();
    }
}
