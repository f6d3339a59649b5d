package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.Campaign;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.SlotId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that crashes takes its worker down and nothing else: calls in flight are made again or told so, none is answered wrongly. */
class CrashCampaignIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final int CALLERS = 16;
    private static final int CRASHES = Campaign.count(100);
    private static final Duration BETWEEN = Duration.ofMillis(300);
    private static final Set<HsmFailure> TOLD = Set.of(HsmFailure.TOKEN_UNAVAILABLE, HsmFailure.OUTCOME_UNKNOWN);
    /** A call that is made once more has what is left of it, and a busy machine takes long to start the next worker. */
    private static final Duration CALL_DEADLINE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger succeeded = new AtomicInteger();
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();
    private final List<Duration> back = new ArrayList<>();
    private volatile boolean over;

    @Test
    void aCrashIsFeltByTheCallsInFlightOnly() throws Exception {
        Shim shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a")).close();
        try (Engine engine = Engine.in(folder)
                .isolation(Isolation.PROCESS)
                .callDeadline(CALL_DEADLINE)
                .module("shim", shim.library())
                .slot(SLOT, "shim", "a", TestTokens.USER_PIN)
                .start()) {
            var load = new Load(engine, SLOT);
            Thread crashes = Thread.ofPlatform().start(() -> crash(shim, load));
            Concurrently.run(CALLERS, () -> callUntilItIsOver(load));
            crashes.join();
        }
        report();
        assertThat(back).as("crashes that were survived").hasSize(CRASHES);
        assertThat(back.get(CRASHES / 2))
                .as("service back, median")
                .isLessThanOrEqualTo(Duration.ofMillis(Campaign.slack(1_000, 5_000)));
        assertThat(back.getLast())
                .as("service back, worst")
                .isLessThanOrEqualTo(Duration.ofMillis(Campaign.slack(3_000, 10_000)));
        int mostInFlight = CRASHES * CALLERS;
        assertThat(failed.values().stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(mostInFlight);
    }

    private void crash(Shim shim, Load load) {
        try {
            for (int i = 0; i < CRASHES; i++) {
                LockSupport.parkNanos(BETWEEN.toNanos());
                long before = shim.faults("C_Sign");
                shim.rules("C_Sign crash");
                while (shim.faults("C_Sign") == before) {
                    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                }
                long crashed = System.nanoTime();
                // Before the next worker is there, which would crash, too.
                shim.rules("");
                awaitService(load);
                back.add(Duration.ofNanos(System.nanoTime() - crashed));
            }
            back.sort(null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            over = true;
        }
    }

    private static void awaitService(Load load) {
        while (true) {
            try {
                load.sign();
                return;
            } catch (HsmException e) {
                assertThat(e.failure()).isIn(TOLD);
            }
        }
    }

    private int callUntilItIsOver(Load load) {
        int n = 0;
        while (!over) {
            n = next.getAndIncrement();
            if (Load.isOfAnotherProgram(n)) {
                continue;
            }
            try {
                load.operation(n);
                succeeded.incrementAndGet();
            } catch (HsmException e) {
                assertThat(e.failure()).as(e.getMessage()).isIn(TOLD);
                assertThat(e.failure() != HsmFailure.OUTCOME_UNKNOWN || Load.isGeneration(n))
                        .as("only a change may leave its outcome open")
                        .isTrue();
                failed.merge(e.failure() + " " + e.getMessage(), 1, Integer::sum);
            }
        }
        return n;
    }

    private void report() {
        Campaign.report(
                "crash",
                "%d crashes at %d threads, service back after %d ms (median), %d ms (worst); %d operations worked, none wrong, failed %s"
                        .formatted(
                                CRASHES,
                                CALLERS,
                                back.get(back.size() / 2).toMillis(),
                                back.getLast().toMillis(),
                                succeeded.get(),
                                new TreeMap<>(failed)));
    }
}
