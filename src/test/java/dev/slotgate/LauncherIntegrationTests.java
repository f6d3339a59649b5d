package dev.slotgate;

import static dev.slotgate.LaunchedGateway.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher and the README, as a newcomer meets them. */
class LauncherIntegrationTests {

    private static final Path HERE = Path.of("").toAbsolutePath();

    @TempDir
    Path temporary;

    @Test
    void theReadmesLinesEndInASignatureThatOpensslVerifies() throws Exception {
        Path data = temporary.resolve("data");
        try (var gateway = start(data).awaitReady()) {
            assertThat(gateway.output()).contains("Slotgate listens on " + gateway.url(), "curl -H \"Authorization");
            String script = readme("## First light").replace("http://127.0.0.1:8080", gateway.url());

            String printed = shell(temporary, Map.of("TOKEN", token(data)), script);

            assertThat(printed).contains("Verified OK");
            assertThat(shell(temporary, Map.of(), pkcs11Tool(data)))
                    .contains("Private Key Object; EC", "label:      first", "Usage:      sign")
                    .contains("Access:     sensitive, always sensitive, never extractable, local");
        }
    }

    @Test
    void theLinesOfTheWalkThroughRunAsTheyStand() throws Exception {
        Path data = temporary.resolve("data");
        try (var gateway = start(data).awaitReady()) {
            String page = Files.readString(HERE.resolve("docs/walk-through.md"));
            String script = commands(page.substring(page.indexOf("## A shorter way")))
                    .replace("http://127.0.0.1:8080", gateway.url());

            String printed = shell(temporary, Map.of("TOKEN", token(data)), script);

            assertThat(printed)
                    .contains("\"plaintext\":\"SGVsbG8=\"", "\"reference\":\"b\"", "\"version\":2")
                    .contains("\"code\":\"key-not-found\"", "\"action\":\"crypto.sign\"")
                    .doesNotContain("\"valid\":false", "\"items\":[]");
        }
    }

    @Test
    void opensslVerifiesRsaSignaturesOfBothKinds() throws Exception {
        Path data = temporary.resolve("data");
        try (var gateway = start(data).awaitReady()) {
            String script = readme("## First light")
                    .replace("http://127.0.0.1:8080", gateway.url())
                    .replace("\"type\":\"EC\",\"curve\":\"P-256\"", "\"type\":\"RSA\",\"size\":3072");
            Map<String, String> environment = Map.of("TOKEN", token(data));

            assertThat(shell(temporary, environment, script.replace("ES256", "RS256")))
                    .contains("Verified OK");
            String pss = script.substring(script.indexOf("echo"))
                    .replace("ES256", "PS256")
                    .replace("-sha256", "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest");
            assertThat(shell(temporary, environment, pss)).contains("Verified OK");
        }
    }

    @Test
    void afterARestartTheKeyIsThereAndSigns() throws Exception {
        Path data = temporary.resolve("data");
        String id;
        try (var gateway = start(data).awaitReady()) {
            assertThat(gateway.output()).contains("Made the trial tokens");
            id = new Gateway(gateway.url(), data)
                    .as("", "*")
                    .post("/slots/7/keys", "{'type':'EC','curve':'P-256','label':'kept','usage':['sign']}")
                    .json()
                    .path("id")
                    .asString();
            assertThat(gateway.stop()).isEqualTo(143);
            assertThat(data.resolve("gateway.url")).doesNotExist();
        }
        try (var gateway = start(data).awaitReady()) {
            assertThat(gateway.output()).doesNotContain("Made", "Building", "Installing");
            Gateway.Answer signed = new Gateway(gateway.url(), data)
                    .as("", "*")
                    .post("/slots/7/sign", "{'key':'%s','algorithm':'ES256','message':'AAAA'}".formatted(id));
            assertThat(signed.status()).as(signed.text()).isEqualTo(200);
            assertThat(signed.json().path("key").asString()).isEqualTo(id);
        }
    }

    @Test
    void everySecretIsForTheOwnerOnly() throws Exception {
        Path data = temporary.resolve("data");
        try (var gateway = start(data).awaitReady()) {
            assertThat(gateway.output()).doesNotContain(Files.readString(data.resolve("so-pins/slot-0")));
            try (var files = Files.walk(data)) {
                assertThat(files.collect(Collectors.toList()))
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .as(file.toString())
                                        .endsWith("------"));
            }
        }
    }

    @Test
    void tokensAreNarrowedByScopesAndSlots() throws Exception {
        Path data = temporary.resolve("data");
        try (var gateway = start(data).awaitReady()) {
            Gateway narrow =
                    new Gateway(gateway.url(), data).with(token(data, "--scopes", "slots.read", "--slots", "3"));

            assertThat(narrow.get("/slots/3").status()).isEqualTo(200);
            assertThat(narrow.get("/slots/4").status()).isEqualTo(404);
            assertThat(narrow.get("/slots/3/keys").status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SLOTGATE_MODULES_0_LIBRARY | /nowhere.so | there is no file /nowhere.so",
                "SLOTGATE_MODULES_0_LIBRARY | /etc/passwd | /etc/passwd is not a shared library",
                "SERVER_ADDRESS | 0.0.0.0 | a trial listens on nothing else",
                "SLOTGATE_DATA | /dev/null/data | the data folder /dev/null/data cannot be made",
            })
    void whatCannotStartSaysWhyInOneSentence(String variable, String value, String sentence) throws Exception {
        assertRefuses(Map.of(variable, value), sentence);
    }

    @Test
    void aPortThatIsTakenIsToldByItsNumber() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertRefuses(Map.of("SERVER_PORT", port), "port " + port + " is taken");
        }
    }

    @Test
    void aDataFolderServesOneGateway() throws Exception {
        Path data = temporary.resolve("data");
        try (var first = start(data).awaitReady();
                var second = start(data)) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output())
                    .isEqualTo("Slotgate does not start: another gateway uses the data folder. "
                            + "Stop it, or choose another folder with SLOTGATE_DATA.\n");
            assertThat(token(data)).as("the first one goes on: " + first.url()).isNotEmpty();
        }
    }

    @Test
    void withoutATrialTheGatewayWantsToBeConfigured() throws Exception {
        Path empty = Files.writeString(temporary.resolve("empty.yaml"), "slotgate:\n  web: {}\n");
        try (var gateway = LaunchedGateway.start(temporary.resolve("data"), Map.of(), "--config", empty.toString())) {
            assertThat(gateway.exitCode()).isEqualTo(1);
            assertThat(gateway.output())
                    .matches(
                            "(Preparing quick starts .*\n)?Slotgate does not start: slotgate\\.[a-z.0-9\\[\\]]+ is not set.*\n");
        }
    }

    @Test
    void aConfiguredGatewayServesTheTokenItNames() throws Exception {
        Path trial = temporary.resolve("trial");
        start(trial).awaitReady().close();
        Path pin = Files.writeString(temporary.resolve("pin"), "98765432\n");
        Path configuration =
                Files.writeString(temporary.resolve("slotgate.yaml"), """
                slotgate:
                  modules:
                    - name: soft
                      library: %s
                  slots:
                    - id: 42
                      module: soft
                      label: slot-3
                      user-pin-file: %s
                  security:
                    issuer: http://127.0.0.1:1/realms/none
                """.formatted(SoftHsm.library(), pin));
        Path data = temporary.resolve("data");
        Map<String, String> environment =
                Map.of("SOFTHSM2_CONF", trial.resolve("softhsm2.conf").toString(), "SERVER_PORT", freePort());
        try (var gateway = LaunchedGateway.start(data, environment, "--config", configuration.toString())) {
            var callers = new Gateway("http://127.0.0.1:" + environment.get("SERVER_PORT"), trial);
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> callers.get("/actuator/health/liveness").status() == 200);
            // The slot has a PIN that everybody knows, so it stays locked, and no other slot is there.
            assertThat(callers.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(callers.get("/slots").status()).isEqualTo(401);
            ProblemAssert.assertProblem(callers.with(callers.forge(_ -> {})).get("/slots"), 503, "issuer-unavailable");
            assertThat(callers.get("/oauth2/jwks").status()).isEqualTo(401);
            assertThat(gateway.output()).contains("Slot 42 (slot-3) is not ready", "default PIN");
        }
    }

    @Test
    void withoutANewEnoughJdkTheLauncherSaysWhatToInstall() throws Exception {
        String script = Files.readString(HERE.resolve("slotgate")).replace("needed_release=25", "needed_release=99");
        Path launcher = Files.writeString(temporary.resolve("slotgate"), script);
        Process process = new ProcessBuilder("sh", launcher.toString(), "run")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(printed).startsWith("slotgate: no JDK 99 or newer found").contains("apt-get install", "JAVA_HOME");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--help | ./slotgate run",
                "run --help | --config",
                "token --help | --scopes",
                "test --help | prints the totals",
                "bench --help | --quick",
                "lint-contract --help | Redocly",
                "campaign | fault-storm",
            })
    void everyCommandExplainsItself(String arguments, String explanation) throws Exception {
        assertThat(shell(HERE, Map.of(), "./slotgate " + arguments)).contains(explanation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fly | there is no command 'fly'",
                "run --fast | run knows no '--fast'",
                "run --config /nowhere.yaml | the configuration /nowhere.yaml cannot be read",
                "run --config README.md | must end in .yaml",
                "run --config docs | the configuration docs cannot be read",
                "campaign fly | there is no campaign 'fly'",
                "token --scopes | --scopes wants a value",
                "token | no trial gateway runs on the data folder",
            })
    void aWrongCommandIsToldWhatIsWrong(String arguments, String message) throws Exception {
        String printed = shell(
                HERE,
                Map.of("SLOTGATE_DATA", temporary.toString()),
                "./slotgate " + arguments + " && exit 1 || [ $? -eq 1 ]");
        assertThat(printed).startsWith("slotgate: ").contains(message).hasLineCount(1);
    }

    @Test
    void everyCampaignIsListed() throws Exception {
        String listed = shell(HERE, Map.of(), "./slotgate campaign");
        try (var sources = Files.walk(HERE.resolve("src/test/java"))) {
            assertThat(sources.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith("CampaignIntegrationTests.java"))
                            .map(LauncherIntegrationTests::campaign))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(listed).contains("\n  " + name + " "));
        }
    }

    @Test
    void aConfigurationThatIsNotYamlIsToldByItsLine() throws Exception {
        Path broken = Files.writeString(temporary.resolve("broken.yaml"), "slotgate:\n  modules: [\n");
        try (var gateway = LaunchedGateway.start(temporary.resolve("data"), Map.of(), "--config", broken.toString())) {
            assertThat(gateway.exitCode()).isEqualTo(1);
            assertThat(gateway.output())
                    .contains("the configuration is not YAML at line 3")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void theLauncherIsFoundThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("slotgate"), HERE.resolve("slotgate"));
        Path data = temporary.resolve("data");
        try (var gateway = start(data).awaitReady()) {
            assertThat(shell(temporary, Map.of("SLOTGATE_DATA", data.toString()), link + " token"))
                    .as(gateway.url())
                    .hasLineCount(1);
        }
    }

    private void assertRefuses(Map<String, String> environment, String sentence) throws Exception {
        try (var gateway = LaunchedGateway.start(temporary.resolve("data"), environment)) {
            assertThat(gateway.exitCode()).isEqualTo(1);
            assertThat(gateway.output().lines().reduce((_, last) -> last))
                    .get()
                    .satisfies(last -> assertThat(last).contains(sentence));
            assertThat(gateway.output()).doesNotContain("\tat ", "Exception");
        }
    }

    private static LaunchedGateway start(Path data) throws Exception {
        return LaunchedGateway.start(data, Map.of());
    }

    private static String token(Path data, String... options) throws Exception {
        String command = "./slotgate token " + String.join(" ", options);
        String token = shell(HERE, Map.of("SLOTGATE_DATA", data.toString()), command);
        assertThat(token).hasLineCount(1).endsWith("\n");
        return token.trim();
    }

    private static String pkcs11Tool(Path data) {
        return "SOFTHSM2_CONF=%s pkcs11-tool --module %s --token-label slot-0 --login --pin 98765432 --list-objects"
                .formatted(data.resolve("softhsm2.conf"), SoftHsm.library());
    }

    private static String freePort() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(free.getLocalPort());
        }
    }

    /** FaultStormCampaignIntegrationTests is fault-storm. */
    private static String campaign(String file) {
        return file.replace("CampaignIntegrationTests.java", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    /** The commands that the README shows in a section. */
    private static String readme(String section) throws Exception {
        String text = Files.readString(HERE.resolve("README.md"));
        String from = text.substring(text.indexOf(section) + section.length());
        return commands(from.substring(0, from.indexOf("\n## "))).replaceAll("(?s)\n    SOFTHSM2_CONF=.*", "");
    }

    private static String commands(String text) {
        return text.lines().filter(line -> line.startsWith("    ")).collect(Collectors.joining("\n"));
    }
}
