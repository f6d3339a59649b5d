package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.Campaign;
import dev.slotgate.SoftHsm;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs that a module runs in processes of its own: time and memory. */
class WorkerRateCampaignIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final int ROUNDS = Campaign.count(300);
    private static final int WARM_UP = Campaign.slack(2, 1);
    private static final Duration ROUND = Campaign.time(Duration.ofSeconds(1), Duration.ofMillis(300));
    private static final byte[] DIGEST = new byte[32];
    /** As many as the gateway signs together at most. */
    private static final int GROUP = 16;

    private static final int SIGNATURES = Campaign.count(1_000_000);
    /** More while the JVM still compiles. */
    private static final long MAX_RESIDENT_KIB = Campaign.slack(100, 150) * 1024L;

    @TempDir
    Path folder;

    @BeforeEach
    void provision() throws Exception {
        TestTokens.provision(folder, SoftHsm.library(), List.of("a")).close();
    }

    @Test
    void twoWorkersAreNearlyAsFastAsOneProcess() throws Exception {
        try (Engine inProcess = start(Engine.in(folder).isolation(Isolation.IN_PROCESS));
                Engine workers = start(Engine.in(folder).workers(2))) {
            KeyId ec = generate(inProcess, new KeySpec.OnCurve(Curve.P_256));
            KeyId rsa = generate(inProcess, new KeySpec.Rsa(2048));
            for (int threads : new int[] {4, 8, 16}) {
                compare(inProcess, workers, ec, SignatureAlgorithm.ES256, threads, 75);
                compare(inProcess, workers, rsa, SignatureAlgorithm.RS256, threads, 93);
            }
        }
    }

    /** What a batch could reach at most: there is nothing here but the token, a worker and the way to it. */
    @Test
    void groupsReachHalfTheRateOfTheToken(@TempDir Path own) throws Exception {
        try (RawToken raw = RawToken.on(own);
                Engine worker = Engine.in(own)
                        .workers(1)
                        .module("soft", SoftHsm.library())
                        .slot(SLOT, "soft", "raw", TestTokens.USER_PIN)
                        .start()) {
            KeyId ec = generate(worker, new KeySpec.OnCurve(Curve.P_256));
            List<byte[]> digests = Collections.nCopies(GROUP, DIGEST);
            var percents = new ArrayList<Long>();
            for (int round = -WARM_UP; round < Math.ceilDiv(ROUNDS, 10); round++) {
                var calls = new LongAdder();
                var made = new LongAdder();
                long callsPerSecond = perSecond(4, () -> {
                    calls.increment();
                    made.add(worker.signer()
                            .signAll(SLOT, ec, SignatureAlgorithm.ES256, digests)
                            .size());
                });
                long there = callsPerSecond * made.sum() / calls.sum();
                long percent = there * 100 / raw.perSecond(2, ROUND);
                if (round >= 0) {
                    percents.add(percent);
                }
            }
            percents.sort(null);
            long median = percents.get(percents.size() / 2);
            Campaign.report(
                    "worker-rate",
                    "ES256 in groups of %d, 4 threads: with a worker %d %% of the token's own rate (%d to %d)"
                            .formatted(GROUP, median, percents.getFirst(), percents.getLast()));
            assertThat(median).isGreaterThanOrEqualTo(Campaign.slack(50, 5));
        }
    }

    @Test
    void aWorkerStaysSmall() throws Exception {
        try (Engine engine = start(Engine.in(folder).isolation(Isolation.PROCESS))) {
            KeyId ec = generate(engine, new KeySpec.OnCurve(Curve.P_256));
            var left = new AtomicInteger(SIGNATURES);
            Concurrently.run(8, () -> {
                while (left.getAndDecrement() > 0) {
                    engine.signer().sign(SLOT, ec, SignatureAlgorithm.ES256, DIGEST);
                }
                return true;
            });
            long resident = WorkerProcesses.all().stream()
                    .mapToLong(WorkerRateCampaignIntegrationTests::resident)
                    .max()
                    .orElseThrow();
            Campaign.report(
                    "worker-rate", "%d signatures: a worker holds %d MiB".formatted(SIGNATURES, resident / 1024));
            assertThat(resident).isLessThanOrEqualTo(MAX_RESIDENT_KIB);
        }
    }

    /** Round by round in turns, so that whatever else the machine does falls on both. */
    private static void compare(
            Engine inProcess, Engine workers, KeyId key, SignatureAlgorithm algorithm, int threads, int percent)
            throws Exception {
        long best = 0;
        long bestOfWorkers = 0;
        for (int round = -WARM_UP; round < Math.ceilDiv(ROUNDS, 10); round++) {
            long here = perSecond(threads, () -> inProcess.signer().sign(SLOT, key, algorithm, DIGEST));
            long there = perSecond(threads, () -> workers.signer().sign(SLOT, key, algorithm, DIGEST));
            if (round >= 0) {
                best = Math.max(best, here);
                bestOfWorkers = Math.max(bestOfWorkers, there);
            }
        }
        Campaign.report(
                "worker-rate",
                "%s, %d threads: %d/s in process, %d/s with two workers, %.2f"
                        .formatted(algorithm, threads, best, bestOfWorkers, (double) bestOfWorkers / best));
        assertThat(bestOfWorkers * 100)
                .as("%s at %d threads".formatted(algorithm, threads))
                .isGreaterThanOrEqualTo(best * Campaign.slack(percent, 5));
    }

    private static long perSecond(int threads, Runnable work) throws Exception {
        var done = new LongAdder();
        long start = System.nanoTime();
        Concurrently.run(threads, () -> {
            while (System.nanoTime() - start < ROUND.toNanos()) {
                work.run();
                done.increment();
            }
            return true;
        });
        return done.sum() * 1_000_000_000L / (System.nanoTime() - start);
    }

    private static KeyId generate(Engine engine, KeySpec spec) {
        return engine.keys()
                .generate(SLOT, new NewKey(KeyId.random(), null, spec, Usage.SIGN, false))
                .id();
    }

    private static long resident(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Engine start(Engine.Plan plan) throws Exception {
        return plan.module("soft", SoftHsm.library())
                .slot(SLOT, "soft", "a", TestTokens.USER_PIN)
                .start();
    }
}
