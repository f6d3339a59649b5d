package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.slotgate.Campaign;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.SlotId;
import java.lang.management.ManagementFactory;
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

/** Load and a fault now and then, for long: nothing grows. */
class SoakCampaignIntegrationTests {

    private static final SlotId SLOT = new SlotId(0);
    private static final Duration LENGTH = Campaign.time(Duration.ofMinutes(10), Duration.ofSeconds(12));
    private static final int CALLERS = 8;
    private static final double FAULTS = 0.001;

    @TempDir
    Path folder;

    private boolean onlyOneProcess;
    private final AtomicInteger operations = new AtomicInteger();
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void nothingGrowsUnderLoad(Isolation isolation) throws Exception {
        Shim shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a")).close();
        try (Engine engine = Engine.in(folder)
                .isolation(isolation)
                .module("shim", shim.library())
                .slot(SLOT, "shim", "a", TestTokens.USER_PIN)
                .start()) {
            var load = new Load(engine, SLOT);
            shim.rules(Faults.rules(FAULTS));
            // SoftHSM fails calls for objects that another process destroys meanwhile: a trouble of its own.
            onlyOneProcess = isolation == Isolation.PROCESS;
            run(load, LENGTH.dividedBy(4));
            Footprint early = Footprint.now();
            run(load, LENGTH.multipliedBy(3).dividedBy(4));
            Footprint late = Footprint.now();
            shim.rules("");
            Campaign.report(
                    "soak", "%s: %d operations; %s, then %s".formatted(isolation, operations.get(), early, late));
            Campaign.report("soak", "failed " + new TreeMap<>(failed));
            late.assertNotGrownSince(early);
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(shim.openSessions())
                            .isEqualTo(engine.status(SLOT).sessions().open() + 1));
        }
    }

    private void run(Load load, Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        Concurrently.run(CALLERS, () -> {
            while (System.nanoTime() < end) {
                operation(load, operations.incrementAndGet());
            }
            return true;
        });
    }

    private void operation(Load load, int n) {
        if (Load.isGeneration(n) || (onlyOneProcess && Load.isOfAnotherProgram(n))) {
            // More keys would be a growth of their own.
            return;
        }
        try {
            load.operation(n);
        } catch (HsmException e) {
            Faults.assertIsHonest(e);
            failed.merge(e.failure() + " " + e.returnCode(), 1, Integer::sum);
        }
    }

    /** What the process holds when it is idle. */
    private record Footprint(int threads, long files, long heapMiB) {

        private static final int MORE_THREADS = 8;
        private static final int MORE_FILES = 8;
        private static final int MORE_MIB = 16;

        static Footprint now() throws InterruptedException {
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(200);
            }
            var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            return new Footprint(
                    ManagementFactory.getThreadMXBean().getThreadCount(), openFiles(), heap.getUsed() >> 20);
        }

        void assertNotGrownSince(Footprint early) {
            assertThat(threads).as("threads").isLessThanOrEqualTo(early.threads + MORE_THREADS);
            assertThat(files).as("open files").isLessThanOrEqualTo(early.files + MORE_FILES);
            assertThat(heapMiB).as("heap").isLessThanOrEqualTo(early.heapMiB + MORE_MIB);
        }

        private static long openFiles() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
        }

        @Override
        public String toString() {
            return "%d threads, %d files, %d MiB of heap".formatted(threads, files, heapMiB);
        }
    }
}
