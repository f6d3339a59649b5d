package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No PIN is anywhere but in the requests that brought it: not in answers, logs, records, metrics, the database or a process's data. */
class PinSecrecyIntegrationTests {

    private static final List<String> PINS = List.of(
            "changed-7Hq2",
            "rotated-away",
            "so-chosen-9Kd",
            "reset-by-so-3",
            "init-user-5Tz",
            "wrong-user-8Lp",
            "wrong-so-4Vb");

    @TempDir
    Path data;

    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    @Test
    void noPinIsFoundAnywhere() throws Exception {
        try (var gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
            Gateway admin = new Gateway(gateway.url(), data).as("", "*");
            useEveryPin(admin);
            take(admin.get("/slots"));
            take(admin.get("/actuator/prometheus"));
            for (ProcessHandle process : Stream.concat(Stream.of(gateway.process()), gateway.processes())
                    .toList()) {
                for (String file : List.of("cmdline", "environ")) {
                    answers.write(Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), file)));
                }
            }
            assertThat(gateway.stop()).as(gateway.output()).isIn(0, 143);
            answers.write(gateway.output().getBytes(StandardCharsets.UTF_8));
        }
        assertShowsNoPin(answers.toByteArray(), "answers, log, processes");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertShowsNoPin(Files.readAllBytes(file), file.toString());
            }
        }
    }

    private void useEveryPin(Gateway admin) throws Exception {
        String so = Files.readString(data.resolve("so-pins/slot-0")).strip();
        change(admin, "user", PinToken.DEFAULT_PIN, PINS.get(0), 204);
        change(admin, "user", PINS.get(0), PINS.get(1), 204);
        change(admin, "user", PINS.get(5), PINS.get(0), 403);
        change(admin, "so", so, PINS.get(2), 204);
        change(admin, "so", PINS.get(6), "aaaaaa", 403);
        expect(204, admin.post("/slots/0/pins/user/rotate", "{}"));
        expect(403, admin.put("/slots/0/login", "{'pin':'%s'}".formatted(PINS.get(5))));
        expect(
                204,
                admin.post(
                        "/slots/0/pins/user/reset",
                        "{'soPin':'%s','newPin':'%s','spendTry':true}".formatted(PINS.get(2), PINS.get(3))));
        expect(204, admin.put("/slots/0/login", "{'pin':'%s'}".formatted(PINS.get(3))));
        expect(
                200,
                admin.post(
                        "/slots/0/init",
                        "{'label':'slot-0','confirm':'slot-0','soPin':'%s','userPin':'%s'}"
                                .formatted(PINS.get(2), PINS.get(4))));
    }

    private void change(Gateway admin, String role, String current, String next, int status) throws Exception {
        expect(
                status,
                admin.post(
                        "/slots/0/pins/" + role + "/change",
                        "{'currentPin':'%s','newPin':'%s'}".formatted(current, next)));
    }

    private void expect(int status, Gateway.Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        take(answer);
    }

    private void take(Gateway.Answer answer) throws IOException {
        answers.write(answer.bytes());
        answers.write(answer.http().headers().toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void assertShowsNoPin(byte[] content, String where) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        for (String pin : PINS) {
            for (Charset charset :
                    List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
                String encoded = new String(pin.getBytes(charset), StandardCharsets.ISO_8859_1);
                assertThat(text.contains(encoded)).as(pin + " in " + where).isFalse();
            }
        }
    }
}
