package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.slotgate.Campaign;
import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.SlotId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose module hangs in every session of a slot is replaced; its callers wait for their deadline, nobody else at all. */
class ReplacementCampaignIntegrationTests {

    private static final SlotId HANGS = new SlotId(0);
    private static final SlotId ELSEWHERE = new SlotId(1);
    private static final int TIMES = Campaign.count(20);
    private static final Duration BETWEEN_REPLACEMENTS = Duration.ofSeconds(30);
    private static final int LOST_PERCENT = Campaign.slack(5, 70);
    private static final Duration LATE = Duration.ofMillis(Campaign.slack(100, 3_000));
    private static final Duration HEALTHY = Duration.ofSeconds(Campaign.slack(5, 20));

    @TempDir
    Path folder;

    private final Slowest answers = new Slowest();
    private final Slowest healing = new Slowest();

    @Test
    void aHangInEverySessionIsHealedByAnotherWorker() throws Exception {
        Shim shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a", "b")).close();
        try (Engine engine = Engine.in(folder)
                .isolation(Isolation.PROCESS)
                .module("shim", shim.library())
                .module("other", SoftHsm.library())
                .slot(HANGS, "shim", "a", TestTokens.USER_PIN)
                .slot(ELSEWHERE, "other", "b", TestTokens.USER_PIN)
                .start()) {
            var hangs = new Load(engine, HANGS);
            var pulse = new Pulse(new Load(engine, ELSEWHERE)::signOnly);
            long during = 0;
            long before = 0;
            for (int i = 0; i < TIMES; i++) {
                long begun = System.nanoTime();
                long quiet = pulse.beats();
                Thread.sleep(i == 0 ? Duration.ofSeconds(5) : BETWEEN_REPLACEMENTS);
                before += (pulse.beats() - quiet) * 1_000_000_000L / (System.nanoTime() - begun);
                during += hangAndHeal(shim, engine, hangs, pulse);
            }
            pulse.stop();
            Campaign.report(
                    "replacement",
                    ("%d times: callers answered within %d ms, healthy again after at most %d ms; "
                                    + "the other module's slot: %d/s before, %d/s meanwhile, %d failures")
                            .formatted(
                                    TIMES,
                                    answers.duration().toMillis(),
                                    healing.duration().toMillis(),
                                    before / TIMES,
                                    during / TIMES,
                                    pulse.failures().size()));
            assertThat(answers.duration())
                    .isLessThanOrEqualTo(Duration.ofSeconds(2).plus(LATE));
            assertThat(healing.duration()).isLessThanOrEqualTo(HEALTHY);
            assertThat(pulse.failures()).isEmpty();
            assertThat(during).isGreaterThanOrEqualTo(before * (100 - LOST_PERCENT) / 100);
        }
    }

    /** Answers how many signatures a second the other slot made meanwhile. */
    private long hangAndHeal(Shim shim, Engine engine, Load hangs, Pulse elsewhere) throws Exception {
        long begun = System.nanoTime();
        long quiet = elsewhere.beats();
        shim.rules("C_Sign hang token=a");
        Concurrently.run(engine.status(HANGS).sessions().max(), () -> {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> answers.time(hangs::signOnly))
                    .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);
            return true;
        });
        // Before the next worker is there; those that hang stay where they are.
        shim.rules("");
        healing.time(() -> await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .untilAsserted(hangs::sign));
        return (elsewhere.beats() - quiet) * 1_000_000_000L / (System.nanoTime() - begun);
    }
}
