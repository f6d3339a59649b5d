package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slotgate.Campaign;
import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure.Meaning;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A token that is pulled out and put back is missed by its own callers only, who are told so at once, and serves them again
 * by itself.
 */
@SuppressWarnings("NullAway.Init") // Each test starts on two modules first.
class AbsenceCampaignIntegrationTests {

    private static final SlotId LEAVES = new SlotId(0);
    private static final SlotId NEIGHBOUR = new SlotId(1);
    private static final SlotId ELSEWHERE = new SlotId(2);
    private static final int TIMES = Campaign.count(20);
    private static final Duration ABSENT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private Shim shim;
    private Engine engine;
    private Load leaves;
    private final Slowest answersWhileGone = new Slowest();
    private final Slowest returns = new Slowest();

    private void startOnTwoModules(Isolation isolation) throws Exception {
        shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a", "b", "c")).close();
        // A library under another file name is another module to the process, with a state of its own.
        Path other = Files.copy(SoftHsm.library(), folder.resolve("libothermodule.so"));
        engine = Engine.in(folder)
                .isolation(isolation)
                .module("shim", shim.library())
                .module("other", other)
                .slot(LEAVES, "shim", "a", TestTokens.USER_PIN)
                .slot(NEIGHBOUR, "shim", "b", TestTokens.USER_PIN)
                .slot(ELSEWHERE, "other", "c", TestTokens.USER_PIN)
                .start();
        leaves = new Load(engine, LEAVES);
    }

    @AfterEach
    void stop() {
        if (engine != null) {
            engine.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aTokenThatIsPulledOutIsMissedByItsOwnCallersOnly(Isolation isolation) throws Exception {
        startOnTwoModules(isolation);
        comeAndGo(isolation + ", pulled out", () -> shim.rules("* gone token=a"), () -> shim.rules(""));
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aTokenWhoseFilesAreAwayIsMissedByItsOwnCallersOnly(Isolation isolation) throws Exception {
        startOnTwoModules(isolation);
        Path there = filesOf(engine.slots().get(LEAVES).serial());
        // Outside of the folder of tokens: inside it would be a token under another name.
        Path away = folder.resolve("away");
        comeAndGo(isolation + ", files away", () -> Files.move(there, away), () -> Files.move(away, there));
    }

    private void comeAndGo(String how, Change leave, Change comeBack) throws Exception {
        var neighbour = new Pulse(new Load(engine, NEIGHBOUR)::signOnly);
        var elsewhere = new Pulse(new Load(engine, ELSEWHERE)::signOnly);
        try {
            for (int i = 0; i < TIMES; i++) {
                leave.make();
                awaitNoticed();
                askWhileItIsGone();
                comeBack.make();
                returns.time(this::awaitFullService);
            }
        } finally {
            neighbour.stop();
            elsewhere.stop();
            report(how, neighbour, elsewhere);
        }
        assertThat(elsewhere.failures()).as("failures on the other module").isEmpty();
        assertThat(neighbour.longestPause()).isLessThanOrEqualTo(Duration.ofSeconds(Campaign.slack(3, 15)));
        assertThat(answersWhileGone.duration()).isLessThanOrEqualTo(Duration.ofMillis(Campaign.slack(100, 2_000)));
    }

    /** Somebody has to use the token to find out. */
    private void awaitNoticed() {
        await().atMost(Duration.ofSeconds(Campaign.slack(5, 20)))
                .until(() -> isRefused() && engine.status(LEAVES).state() != SlotState.READY);
    }

    private void askWhileItIsGone() {
        long end = System.nanoTime() + ABSENT.toNanos();
        while (System.nanoTime() < end) {
            answersWhileGone.time(() -> assertThat(isRefused()).isTrue());
            assertThat(engine.slots().get(LEAVES).state()).isIn(SlotState.ABSENT, SlotState.DEGRADED);
        }
    }

    private boolean isRefused() {
        try {
            leaves.signOnly();
            return false;
        } catch (HsmException e) {
            assertThat(e.failure().meaning()).isEqualTo(Meaning.UNAVAILABLE);
            return true;
        }
    }

    private void awaitFullService() {
        await().atMost(Duration.ofSeconds(Campaign.slack(5, 20)))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    leaves.sign();
                    assertThat(engine.status(LEAVES).state()).isEqualTo(SlotState.READY);
                });
    }

    private void report(String how, Pulse neighbour, Pulse elsewhere) {
        Campaign.report(
                "absence",
                ("%s %d times: answers while gone within %d ms, full service after at most %d ms; "
                                + "neighbour: %d signatures, %d failures, longest pause %d ms; "
                                + "other module: %d signatures, %d failures, longest pause %d ms")
                        .formatted(
                                how,
                                TIMES,
                                answersWhileGone.duration().toMillis(),
                                returns.duration().toMillis(),
                                neighbour.beats(),
                                neighbour.failures().size(),
                                neighbour.longestPause().toMillis(),
                                elsewhere.beats(),
                                elsewhere.failures().size(),
                                elsewhere.longestPause().toMillis()));
    }

    /** SoftHSM names the folder of a token by a UUID that ends in the serial number. */
    private Path filesOf(String serial) throws IOException {
        try (Stream<Path> tokens = Files.list(folder.resolve("tokens"))) {
            return tokens.filter(token -> token.toString().replace("-", "").endsWith(serial))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private interface Change {
        void make() throws IOException;
    }
}
