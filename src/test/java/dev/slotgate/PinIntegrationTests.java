package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.security.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The life of PINs over HTTP; each test has a slot and a caller of its own. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class PinIntegrationTests {

    private static final String DEFAULT = "98765432";
    private static final String SIGN = "{'key':'pins','algorithm':'ES256','message':'AAAA'}";

    @LocalServerPort
    int port;

    @Value("${slotgate.data}")
    Path data;

    Gateway stranger;
    Gateway admin;

    @BeforeEach
    void logIn(TestInfo test) throws Exception {
        stranger = new Gateway("http://127.0.0.1:" + port, data);
        admin = caller(Integer.toHexString(test.getDisplayName().hashCode()) + " "
                + test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void theUserPinIsChangedAndTheSlotGoesOn() throws Exception {
        makeKey(0);
        assertThat(slot(0, "pinState")).isEqualTo("default");
        assertDone(admin.post("/slots/0/pins/user/change", change(DEFAULT, "first-new-pin")));
        assertThat(slot(0, "pinState")).isEqualTo("ok");
        assertThat(slot(0, "state")).isEqualTo("ready");
        assertThat(admin.post("/slots/0/sign", SIGN).status()).isEqualTo(200);
        assertThat(admin.put("/slots/0/login", "{'pin':'first-new-pin'}").status())
                .isEqualTo(204);
        assertProblem(admin.post("/slots/0/pins/user/change", change(DEFAULT, "another-pin")), 403, "pin-incorrect");
        assertThat(admin.get("/slots/0").json().at("/userPin/countLow").asBoolean())
                .as("a PIN that is compared costs no try")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "98765432,12,422,pin-policy",
        "98765432,98765432,422,pin-policy",
        "98765432,aaaaaaaa,422,pin-policy",
        "98765432,12345678,422,pin-policy",
        "11223344,12,403,pin-incorrect",
        "11223344,a-good-pin,403,pin-incorrect",
    })
    void theCurrentPinIsJudgedBeforeTheNewOne(String current, String next, int status, String code, CapturedOutput log)
            throws Exception {
        Gateway.Answer answer = admin.post("/slots/9/pins/user/change", change(current, next));
        assertProblem(answer, status, code);
        assertThat(answer.text()).doesNotContain("11223344", "aaaaaaaa", "a-good-pin");
        assertThat(log.getAll() + Journals.in(data))
                .contains("pins.user.change")
                .doesNotContain("11223344", "aaaaaaaa", "a-good-pin");
        assertThat(slot(9, "state")).isEqualTo("ready");
    }

    @Test
    void theSoPinIsChangedAndTheKeysGoOn() throws Exception {
        makeKey(2);
        assertProblem(admin.post("/slots/2/pins/so/change", change("wrong-so-pin", "12")), 403, "pin-incorrect");
        assertProblem(admin.post("/slots/2/pins/so/change", change(soPin(2), "new-so-pin")), 423, "pin-tries-low");
        String spending = "{'currentPin':'%s','newPin':'%s','spendTry':true}";
        assertProblem(admin.post("/slots/2/pins/so/change", spending.formatted(soPin(2), DEFAULT)), 422, "pin-policy");
        assertDone(admin.post("/slots/2/pins/so/change", change(soPin(2), "new-so-pin")));
        assertThat(admin.post("/slots/2/sign", SIGN).status()).isEqualTo(200);
        assertProblem(admin.post("/slots/2/pins/so/change", change(soPin(2), "newer-so-pin")), 403, "pin-incorrect");
        assertDone(admin.post("/slots/2/pins/so/change", spending.formatted("new-so-pin", "newer-so-pin")));
    }

    @Test
    void theSoSetsAPinThatNobodyKnows() throws Exception {
        makeKey(3);
        assertThat(admin.delete("/slots/3/login").status()).isEqualTo(204);
        assertDone(admin.post("/slots/3/pins/user/reset", "{'soPin':'%s','newPin':'set-by-so'}".formatted(soPin(3))));
        assertThat(slot(3, "state")).isEqualTo("ready");
        assertThat(slot(3, "pinState")).isEqualTo("ok");
        assertThat(admin.post("/slots/3/sign", SIGN).status()).isEqualTo(200);
        assertProblem(
                admin.post("/slots/3/pins/user/reset", "{'soPin':'wrong-so-pin','newPin':'set-by-so'}"),
                403,
                "pin-incorrect");
    }

    @Test
    void aRotatedPinIsKnownToNobodyAndNeverLost() throws Exception {
        makeKey(4);
        assertDone(admin.post("/slots/4/pins/user/rotate", "{}"));
        assertThat(slot(4, "pinState")).isEqualTo("ok");
        assertThat(admin.post("/slots/4/sign", SIGN).status()).isEqualTo(200);
        assertProblem(admin.post("/slots/4/pins/user/change", change(DEFAULT, "another-pin")), 403, "pin-incorrect");
        assertDone(admin.post("/slots/4/pins/user/rotate", "{}"));
        assertThat(admin.post("/slots/4/sign", SIGN).status()).isEqualTo(200);
        assertProblem(admin.post("/slots/4/pins/user/escrow", "{}"), 404, "escrow-not-configured");
        assertThat(admin.delete("/slots/4/login").status()).isEqualTo(204);
        assertProblem(admin.post("/slots/4/pins/user/rotate", "{}"), 409, "slot-locked");
    }

    @Test
    void aTokenIsInitialisedOnlyByThoseWhoKnowWhichItIs() throws Exception {
        makeKey(5);
        String order = "{'label':'fresh','soPin':'%s','userPin':'%s','confirm':'%s'}";
        assertProblem(
                admin.post("/slots/5/init", order.formatted(soPin(5), "fresh-pin", "slot-4")),
                409,
                "confirmation-wrong");
        assertProblem(admin.post("/slots/5/init", order.formatted(soPin(5), "aaaaaa", "slot-5")), 422, "pin-policy");
        assertThat(admin.post("/slots/5/sign", SIGN).status()).isEqualTo(200);

        Gateway.Answer answer = admin.post("/slots/5/init", order.formatted(soPin(5), "fresh-pin", "slot-5"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().path("label").asString()).isEqualTo("fresh");
        assertThat(answer.json().path("state").asString()).isEqualTo("ready");
        assertThat(admin.get("/slots/5/keys").json().path("items")).isEmpty();
        makeKey(5);
        assertThat(admin.post("/slots/5/sign", SIGN).status()).isEqualTo(200);
        assertProblem(
                admin.post("/slots/5/init", order.formatted("wrong-so-pin", "fresh-pin", "fresh")),
                403,
                "pin-incorrect");
    }

    @Test
    void wrongPinsAreLimited() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertProblem(
                    admin.put("/slots/6/login", "{'pin':'wrong-%d','spendTry':true}".formatted(i)),
                    403,
                    "pin-incorrect");
        }
        Gateway.Answer answer = admin.post("/slots/7/pins/user/change", change(DEFAULT, "a-good-pin"));
        assertProblem(answer, 429, "too-many-attempts");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(800, 901);
        assertThat(slot(7, "pinState")).as("not even looked at").isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource({
        "/pins/user/change,pins.user",
        "/pins/so/change,pins.so",
        "/pins/user/reset,pins.so",
        "/pins/user/rotate,pins.user",
        "/pins/user/escrow,pins.escrow",
        "/init,slots.admin",
    })
    void eachCallNeedsItsScopeAndTheSlot(String path, String scope) throws Exception {
        String others = Scope.all().stream()
                .filter(s -> !s.equals(scope))
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
        assertProblem(stranger.as(others, "*").post("/slots/8" + path, "{}"), 403, "insufficient-scope")
                .says(scope);
        assertProblem(stranger.as(scope, "1").post("/slots/8" + path, "{}"), 404, "slot-not-found");
        assertProblem(admin.post("/slots/77" + path, body(path)), 404, "slot-not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/pins/user/change;{};currentPin",
                "/pins/user/change;{'currentPin':'hunter2'};newPin",
                "/pins/user/change;{'currentPin':5,'newPin':'hunter2'};currentPin",
                "/pins/so/change;{'currentPin':'','newPin':'hunter2'};currentPin",
                "/pins/user/reset;{'newPin':'hunter2'};soPin",
                "/pins/user/reset;{'soPin':'hunter2','newPin':'a\\u0000b'};newPin",
                "/pins/user/rotate;{'newPin':'hunter2'};newPin",
                "/init;{};label",
                "/init;{'label':'a','confirm':'slot-8','userPin':'hunter2'};soPin",
                "/init;{'label':' a','confirm':'slot-8','userPin':'hunter2','soPin':'hunter2'};label",
                "/init;{'label':'a','userPin':'hunter2','soPin':'hunter2'};confirm",
            })
    void whatIsWrongIsNamedAndNoPinIsShown(String path, String body, String field, CapturedOutput log)
            throws Exception {
        Gateway.Answer answer = admin.post("/slots/8" + path, body);
        assertProblem(answer, 400, "invalid-field").names(field);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.text()).doesNotContain("hunter2");
        assertThat(log.getAll() + Journals.in(data)).doesNotContain("hunter2");
    }

    private Gateway caller(String name) throws Exception {
        return stranger.with(stranger.forge(
                claims -> claims.subject(name).claim("scope", String.join(" ", Scope.all()))));
    }

    private String soPin(int slot) throws Exception {
        return Files.readString(data.resolve("so-pins/slot-" + slot)).strip();
    }

    private static String body(String path) {
        return switch (path) {
            case "/init" -> "{'label':'a','soPin':'so-pin','userPin':'user-pin','confirm':'a'}";
            case "/pins/user/reset" -> "{'soPin':'so-pin','newPin':'new-pin'}";
            case "/pins/user/rotate" -> "{}";
            // Whether there is an escrow is the first question.
            case "/pins/user/escrow" -> "{}";
            default -> change("old-pin", "new-pin");
        };
    }

    private static String change(String current, String next) {
        return "{'currentPin':'%s','newPin':'%s'}".formatted(current, next);
    }

    private static void assertDone(Gateway.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    private void makeKey(int slot) throws Exception {
        Gateway.Answer made =
                admin.post("/slots/" + slot + "/keys", "{'type':'EC','curve':'P-256','label':'pins','usage':['sign']}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private String slot(int slot, String field) throws Exception {
        return admin.get("/slots/" + slot).json().path(field).asString();
    }
}
