package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.audit.SilentJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Signatures of 16 connections with the journal and without, by turns, with {@code wrk} as the caller. What the journal costs is
 * processor time, and waiting for the disk: a journal in memory shows the first alone.
 */
class AuditCostCampaignIntegrationTests {

    private static final int ROUNDS = Campaign.slack(7, 1);
    private static final int SECONDS = Campaign.slack(5, 1);
    private static final int WARM_UP_SECONDS = Campaign.slack(40, 1);
    private static final int MOST_PERCENT = Campaign.slack(15, 99);
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int CONNECTIONS = 16;

    @TempDir
    Path temporary;

    @Test
    @EnabledIfSystemProperty(
            named = "slotgate.campaign",
            matches = "full",
            disabledReason = "a short measurement says nothing: ./slotgate campaign")
    void theJournalCostsLittle() throws Exception {
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        long flush = flushMicros(disk);
        double onDisk = cost(disk, "disk, whose flush takes " + flush + " µs");
        if (Files.isDirectory(MEMORY)) {
            Path memory = Files.createTempDirectory(MEMORY, "slotgate");
            try {
                assertThat(cost(memory, "memory")).isLessThanOrEqualTo(MOST_PERCENT);
            } finally {
                FileSystemUtils.deleteRecursively(memory);
            }
        }
        assertThat(onDisk).isLessThanOrEqualTo(MOST_PERCENT);
    }

    /** In percent of what is signed without. */
    private double cost(Path folder, String where) throws Exception {
        try (ConfigurableApplicationContext audited = start(folder.resolve("audited"));
                ConfigurableApplicationContext silent = start(folder.resolve("silent"), SilentJournal.Instead.class)) {
            Wrk with = signing(audited, folder.resolve("audited"));
            Wrk without = signing(silent, folder.resolve("silent"));
            with.perSecond(CONNECTIONS, WARM_UP_SECONDS);
            without.perSecond(CONNECTIONS, WARM_UP_SECONDS);
            var rates = new ArrayList<Double>();
            var silentRates = new ArrayList<Double>();
            for (int i = 0; i < ROUNDS; i++) {
                rates.add(with.perSecond(CONNECTIONS, SECONDS));
                silentRates.add(without.perSecond(CONNECTIONS, SECONDS));
            }
            double rate = median(rates);
            double silentRate = median(silentRates);
            double cost = 100 - rate * 100 / silentRate;
            Campaign.report(
                    "audit-cost",
                    "journal on %s: %.0f signatures a second with it, %.0f without: it costs %.1f %%"
                            .formatted(where, rate, silentRate, cost));
            return cost;
        }
    }

    private static ConfigurableApplicationContext start(Path data, Class<?>... more) {
        return new SpringApplicationBuilder(SlotgateApplication.class)
                .sources(more)
                .run(
                        "--slotgate.trial=true",
                        "--slotgate.data=" + data,
                        "--slotgate.modules[0].library=" + SoftHsm.library(),
                        "--server.port=0");
    }

    private static Wrk signing(ConfigurableApplicationContext gateway, Path data) throws Exception {
        Gateway admin = new Gateway(url(gateway), data).as("", "*");
        String key = admin.post("/slots/0/keys", "{'type':'EC','curve':'P-256','usage':['sign']}")
                .json()
                .path("id")
                .asString();
        return Wrk.posting(
                admin,
                url(gateway),
                "/slots/0/sign",
                "{'key':'%s','algorithm':'ES256','message':'YQ=='}".formatted(key),
                data.resolve("sign.lua"));
    }

    private static String url(ConfigurableApplicationContext gateway) {
        return "http://127.0.0.1:" + gateway.getEnvironment().getRequiredProperty("local.server.port");
    }

    private static double median(List<Double> rates) {
        Collections.sort(rates);
        return rates.get(rates.size() / 2);
    }

    private static long flushMicros(Path folder) throws IOException {
        try (FileChannel file =
                FileChannel.open(folder.resolve("flush"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int times = 50;
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                file.write(ByteBuffer.allocate(512));
                file.force(false);
            }
            return (System.nanoTime() - start) / times / 1000;
        }
    }
}
