package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, read-only or stuck: no call is served without its record, and service is back by itself. */
class JournalTroubleCampaignIntegrationTests {

    private static final int TIMES = Campaign.slack(20, 1);
    private static final int CALLERS = 4;
    private static final Duration TURNED_AWAY = Duration.ofSeconds(2);
    private static final Duration BACK = Duration.ofSeconds(5);

    @TempDir
    Path data;

    @TempDir
    Path shims;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong slowest = new AtomicLong();

    @Test
    void noCallIsServedWithoutItsRecordAndServiceIsBackByItself() throws Exception {
        TroubledDisk disk = TroubledDisk.build(shims.resolve("disk"));
        try (var gateway = LaunchedGateway.start(data, disk.environment()).awaitReady()) {
            Gateway admin = new Gateway(gateway.url(), data).as("", "*");
            String key = admin.post("/slots/0/keys", "{'type':'EC','curve':'P-256','usage':['sign']}")
                    .json()
                    .path("id")
                    .asString();
            String sign = "{'key':'%s','algorithm':'ES256','message':'YQ=='}".formatted(key);
            assertThat(admin.post("/slots/0/sign", sign).status()).isEqualTo(200);
            for (String kind : List.of("full", "readonly", "stuck")) {
                for (int i = 0; i < TIMES; i++) {
                    trouble(disk, kind, admin, sign);
                }
                Campaign.report(
                        "journal-trouble",
                        "%d times %s: turned away within %d ms".formatted(TIMES, kind, slowest.getAndSet(0)));
            }
            Gateway.Answer verified = admin.post("/audit/verify", "{}");
            assertThat(verified.json().path("valid").asBoolean())
                    .as(verified.text())
                    .isTrue();
        }
    }

    private void trouble(TroubledDisk disk, String kind, Gateway admin, String sign) throws Exception {
        List<Thread> callers = new ArrayList<>();
        over.set(false);
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofPlatform().start(() -> callUntilOver(admin, sign)));
        }
        Thread.sleep(100);
        disk.begin(kind);
        await().atMost(TURNED_AWAY.multipliedBy(2))
                .until(() -> admin.post("/slots/0/sign", sign).status() == 503);
        Gateway.Answer refused = admin.post("/slots/0/sign", sign);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("code").asString()).isEqualTo("audit-unavailable");
        assertThat(admin.with(null).get("/actuator/health/liveness").status()).isEqualTo(200);
        disk.end(kind);
        await().atMost(BACK).until(() -> admin.post("/slots/0/sign", sign).status() == 200);
        over.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private void callUntilOver(Gateway admin, String sign) {
        try {
            while (!over.get()) {
                long start = System.nanoTime();
                Gateway.Answer answer = admin.post("/slots/0/sign", sign);
                assertThat(answer.status()).isIn(200, 503);
                if (answer.status() == 503) {
                    slowest.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
                    assertThat(answer.json().path("code").asString()).isEqualTo("audit-unavailable");
                    Thread.sleep(10);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
