package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.Campaign;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.SlotId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token that hangs in every session keeps nobody waiting but its own callers, and those no longer than their deadline. */
class HangCampaignIntegrationTests {

    private static final SlotId HANGS = new SlotId(0);
    private static final SlotId WORKS = new SlotId(1);
    private static final Duration MEASURED = Campaign.time(Duration.ofSeconds(3), Duration.ofSeconds(1));
    private static final int LOST_PERCENT = Campaign.slack(5, 70);
    private static final int LATE_MILLIS = Campaign.slack(100, 3_000);

    @TempDir
    Path folder;

    @Test
    void aHangInAllSessionsOfOneTokenIsFeltByNobodyElse() throws Exception {
        Shim shim = Shim.build(folder);
        TestTokens.provision(folder, shim.library(), List.of("a", "b")).close();
        try (Engine engine = Engine.in(folder)
                .module("shim", shim.library())
                .slot(HANGS, "shim", "a", TestTokens.USER_PIN)
                .slot(WORKS, "shim", "b", TestTokens.USER_PIN)
                .start()) {
            var hangs = new Load(engine, HANGS);
            var works = new Load(engine, WORKS);
            long before = bestOf3(works);
            shim.rules("C_Sign hang token=a");
            Duration slowest = hangAllSessions(engine, hangs);
            long during = bestOf3(works);
            Duration status = slowestStatus(engine);

            Campaign.report(
                    "hang",
                    "callers answered within %d ms, statuses within %d ms, the other slot %d/s before and %d/s during"
                            .formatted(slowest.toMillis(), status.toMillis(), before, during));
            assertThat(slowest).isLessThanOrEqualTo(Duration.ofMillis(2_000 + LATE_MILLIS));
            assertThat(status).isLessThan(Duration.ofMillis(LATE_MILLIS));
            assertThat(during).isGreaterThanOrEqualTo(before * (100 - LOST_PERCENT) / 100);
        }
    }

    /** One caller for every session; statuses are told meanwhile. */
    private static Duration hangAllSessions(Engine engine, Load hangs) throws Exception {
        int sessions = engine.status(HANGS).sessions().max();
        var slowest = new Slowest();
        var whileTheyHang = new Slowest();
        Thread watcher = Thread.ofPlatform().start(() -> watch(engine, whileTheyHang));
        Concurrently.run(sessions, () -> {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> slowest.time(hangs::signOnly))
                    .returns(HsmFailure.TOKEN_TIMEOUT, HsmException::failure);
            return true;
        });
        watcher.join();
        assertThat(whileTheyHang.duration()).isLessThan(Duration.ofMillis(LATE_MILLIS));
        return slowest.duration();
    }

    private static void watch(Engine engine, Slowest slowest) {
        long end = System.nanoTime() + Duration.ofMillis(1_800).toNanos();
        while (System.nanoTime() < end) {
            slowest.time(() -> engine.slots().statuses());
            // Asking without a pause would be a load of its own.
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static Duration slowestStatus(Engine engine) {
        var slowest = new Slowest();
        watch(engine, slowest);
        return slowest.duration();
    }

    private static long bestOf3(Load load) {
        long best = 0;
        for (int i = 0; i < 3; i++) {
            best = Math.max(best, perSecond(load));
        }
        return best;
    }

    private static long perSecond(Load load) {
        long end = System.nanoTime() + MEASURED.toNanos();
        long signed = 0;
        while (System.nanoTime() < end) {
            load.signOnly();
            signed++;
        }
        return signed * 1_000 / MEASURED.toMillis();
    }
}
