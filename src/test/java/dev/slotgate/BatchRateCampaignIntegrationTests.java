package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotId;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Signatures in batches, against those that callers of the port make without HTTP, JSON, tokens and records. */
class BatchRateCampaignIntegrationTests extends AgainstTrialGateway {

    private static final int ITEMS = 100;
    private static final int ROUNDS = Campaign.count(500);
    private static final int LEAST_PERCENT = Campaign.slack(85, 1);
    private static final Duration ROUND = Duration.ofMillis(500);

    @Autowired
    Signer signer;

    @Test
    void aBatchIsNearlyAsFastAsThePort() throws Exception {
        String key = admin.post("/slots/4/keys", "{'type':'EC','curve':'P-256','usage':['sign']}")
                .json()
                .path("id")
                .asString();
        String item = "{'slot':4,'operation':'sign','key':'%s','algorithm':'ES256','digest':'%s'}"
                .formatted(key, Base64.getEncoder().encodeToString(new byte[32]));
        String batch = "{'items':[%s]}".formatted(String.join(",", Collections.nCopies(ITEMS, item)));
        long port = 0;
        long batches = 0;
        for (int round = 0; round < Math.ceilDiv(ROUNDS, 50); round++) {
            port = Math.max(
                    port,
                    perSecond(
                            1,
                            () -> signer.sign(new SlotId(4), new KeyId(key), SignatureAlgorithm.ES256, new byte[32])));
            batches = Math.max(batches, perSecond(ITEMS, () -> admin.post("/batch", batch)));
        }
        Campaign.report(
                "batch-rate",
                "%d signatures a second in batches of %d, %d at the port: %d %%"
                        .formatted(batches, ITEMS, port, batches * 100 / port));
        assertThat(batches * 100).isGreaterThanOrEqualTo(port * LEAST_PERCENT);
    }

    /** By two callers. */
    private static long perSecond(int signatures, Call call) throws Exception {
        var signed = new LongAdder();
        long start = System.nanoTime();
        Callable<Boolean> caller = () -> {
            while (System.nanoTime() - start < ROUND.toNanos()) {
                call.make();
                signed.add(signatures);
            }
            return true;
        };
        try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
            for (Future<Boolean> each : callers.invokeAll(List.of(caller, caller))) {
                each.get();
            }
        }
        return signed.sum() * 1_000_000_000L / (System.nanoTime() - start);
    }

    private interface Call {

        Object make() throws Exception;
    }
}
