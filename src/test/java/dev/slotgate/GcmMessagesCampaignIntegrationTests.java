package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** No IV comes twice, however many messages a key encrypts and however often the gateway is killed meanwhile. */
class GcmMessagesCampaignIntegrationTests {

    private static final int MESSAGES = Campaign.count(1_000_000);
    private static final int LIVES = Campaign.slack(10, 2);
    private static final int CALLERS = 4;
    private static final int ITEMS = 500;

    @TempDir
    Path data;

    private final Set<String> ivs = ConcurrentHashMap.newKeySet();
    private final List<Thread> callers = new ArrayList<>();
    private final AtomicInteger encrypted = new AtomicInteger();

    @Test
    void noIvComesTwice() throws Exception {
        String key = "";
        for (int life = 1; life <= LIVES; life++) {
            try (var gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
                Gateway admin = new Gateway(gateway.url(), data).as("", "*");
                if (key.isEmpty()) {
                    key = admin.post("/slots/0/keys", "{'type':'AES','size':256,'usage':['encrypt']}")
                            .json()
                            .path("id")
                            .asString();
                }
                encrypt(admin, key, (int) ((long) MESSAGES * life / LIVES));
                end(gateway, life);
            }
        }
        Campaign.report(
                "gcm-messages",
                "%d messages in %d lives of a gateway, %d IVs".formatted(encrypted.get(), LIVES, ivs.size()));
        assertThat(encrypted.get()).isGreaterThanOrEqualTo(MESSAGES);
        assertThat(ivs).hasSize(encrypted.get());
    }

    private void encrypt(Gateway admin, String key, int until) throws Exception {
        String item =
                "{'slot':0,'operation':'encrypt','key':'%s','algorithm':'A256GCM','plaintext':'YQ=='}".formatted(key);
        String batch = "{'items':[%s]}".formatted(String.join(",", Collections.nCopies(ITEMS, item)));
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofPlatform().start(() -> repeat(admin, batch)));
        }
        while (encrypted.get() < until && callers.stream().allMatch(Thread::isAlive)) {
            Thread.sleep(20);
        }
    }

    /** Every second gateway is killed while it works, the others stop. */
    private void end(LaunchedGateway gateway, int life) throws Exception {
        if (life % 2 == 0) {
            gateway.stop();
        } else {
            gateway.kill();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        callers.clear();
    }

    private void repeat(Gateway admin, String batch) {
        try {
            while (true) {
                Gateway.Answer answer = admin.post("/batch", batch);
                if (answer.status() != 200) {
                    return;
                }
                for (JsonNode item : answer.json().path("items")) {
                    if (item.path("status").asInt() == 200) {
                        encrypted.incrementAndGet();
                        ivs.add(item.path("body").path("iv").asString());
                    }
                }
            }
        } catch (IOException e) {
            // The gateway has gone.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
