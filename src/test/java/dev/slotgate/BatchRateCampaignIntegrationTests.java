package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.pkcs11.RawToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** ES256 in batches of 100 through a gateway, with everything on, against the raw token with two threads, by turns. */
class BatchRateCampaignIntegrationTests {

    private static final int ITEMS = 100;
    private static final int CONNECTIONS = 4;
    private static final int RAW_THREADS = 2;
    private static final int ROUNDS = Campaign.slack(7, 1);
    private static final int SECONDS = Campaign.slack(5, 1);
    private static final int WARM_UP_SECONDS = Campaign.slack(60, 1);
    private static final int LEAST_PERCENT = Campaign.slack(85, 1);

    @TempDir
    Path data;

    @TempDir
    Path raw;

    @Test
    @EnabledIfSystemProperty(
            named = "slotgate.campaign",
            matches = "full",
            disabledReason = "a short measurement says nothing: ./slotgate campaign")
    void aBatchIsNearlyAsFastAsTheToken() throws Exception {
        try (RawToken token = RawToken.on(raw);
                var gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
            Wrk batches = batches(gateway);
            batches.perSecond(CONNECTIONS, WARM_UP_SECONDS);
            var rates = new ArrayList<Long>();
            var rawRates = new ArrayList<Long>();
            for (int i = 0; i < ROUNDS; i++) {
                rates.add(Math.round(batches.perSecond(CONNECTIONS, SECONDS) * ITEMS));
                rawRates.add(token.perSecond(RAW_THREADS, Duration.ofSeconds(SECONDS)));
            }
            long rate = median(rates);
            long rawRate = median(rawRates);
            Campaign.report(
                    "batch-rate",
                    "%d signatures a second in batches of %d, %d raw with %d threads: %d %%"
                            .formatted(rate, ITEMS, rawRate, RAW_THREADS, rate * 100 / rawRate));
            assertThat(rate * 100).isGreaterThanOrEqualTo(rawRate * LEAST_PERCENT);
        }
    }

    private Wrk batches(LaunchedGateway gateway) throws Exception {
        Gateway admin = new Gateway(gateway.url(), data).as("", "*");
        String key = admin.post("/slots/4/keys", "{'type':'EC','curve':'P-256','usage':['sign']}")
                .json()
                .path("id")
                .asString();
        String item = "{'slot':4,'operation':'sign','key':'%s','algorithm':'ES256','digest':'%s'}"
                .formatted(key, Base64.getEncoder().encodeToString(new byte[32]));
        String body = "{'items':[%s]}".formatted(String.join(",", Collections.nCopies(ITEMS, item)));
        return Wrk.posting(admin, gateway.url(), "/batch", body, data.resolve("batch.lua"));
    }

    private static long median(List<Long> rates) {
        Collections.sort(rates);
        return rates.get(rates.size() / 2);
    }
}
