package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slotgate.Campaign;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.SessionCounts;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A token whose every call may fail gives failures, but no wrong answer, and leaves nothing behind. */
class FaultStormCampaignIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final int CALLERS = 16;
    private static final int RESTART_EVERY = 250;
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);
    private static final int OPERATIONS = Campaign.count(20_000);

    @TempDir
    Path folder;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger succeeded = new AtomicInteger();
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aStormOfFaultsLeavesNoTrace(Isolation isolation) throws Exception {
        Shim shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a")).close();
        try (Engine engine = Engine.in(folder)
                .isolation(isolation)
                .module("shim", shim.library())
                .slot(SLOT, "shim", "a", TestTokens.USER_PIN)
                .start()) {
            var load = new Load(engine, SLOT);
            shim.rules(Faults.rules(0.05));
            Concurrently.run(
                    CALLERS,
                    () -> callUntilAllIsDone(
                            load, isolation == Isolation.IN_PROCESS ? engine.module()::restart : () -> {}));
            shim.rules("");
            report(isolation, shim, load);
            assertThat(succeeded.get()).as("operations that worked").isGreaterThan(OPERATIONS / 2);
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertNothingIsLeft(engine, shim));
            load.assertRefusedKeysAreNotThere();
            Concurrently.run(64, () -> {
                load.sign();
                return true;
            });
            assertNothingIsLeft(engine, shim);
        }
    }

    private int callUntilAllIsDone(Load load, Runnable restart) throws InterruptedException {
        int n;
        while ((n = next.getAndIncrement()) < OPERATIONS) {
            try {
                if (n % RESTART_EVERY == RESTART_EVERY - 1) {
                    restart.run();
                }
                load.operation(n);
                succeeded.incrementAndGet();
            } catch (HsmException e) {
                Faults.assertIsHonest(e);
                failed.merge(e.failure() + " " + e.returnCode(), 1, Integer::sum);
                comeBackLater(e);
            }
        }
        return n;
    }

    /** As Retry-After asks for; else those who are refused at once would be most of all. */
    private static void comeBackLater(HsmException e) throws InterruptedException {
        if (e.returnCode() == null) {
            Thread.sleep(RETRY_AFTER);
        }
    }

    /** The keeper's session is the one that the pool does not count. */
    private static void assertNothingIsLeft(Engine engine, Shim shim) throws Exception {
        SessionCounts sessions = engine.status(SLOT).sessions();
        assertThat(engine.status(SLOT).state()).isEqualTo(SlotState.READY);
        assertThat(sessions.inUse()).as("sessions in use").isZero();
        assertThat(sessions.waiting()).as("callers who wait").isZero();
        assertThat(sessions.open()).as("open sessions").isLessThanOrEqualTo(sessions.max());
        assertThat(shim.openSessions()).as("sessions that the module has open").isEqualTo(sessions.open() + 1);
    }

    private void report(Isolation isolation, Shim shim, Load load) throws Exception {
        Campaign.report(
                "fault-storm",
                "%s: %d operations, %d worked, no wrong answer; %d codes in %d functions"
                        .formatted(isolation, OPERATIONS, succeeded.get(), Faults.codes(), Faults.functions()));
        Campaign.report("fault-storm", "injected " + shim.faults());
        Campaign.report("fault-storm", "failed " + new TreeMap<>(failed));
        Campaign.report("fault-storm", "good templates that SoftHSM refused: " + load.refused());
    }
}
