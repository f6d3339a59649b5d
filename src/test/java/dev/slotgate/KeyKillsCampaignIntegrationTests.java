package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A gateway that is killed while keys are generated, imported and destroyed loses none, brings none back and leaves no half. */
class KeyKillsCampaignIntegrationTests {

    private static final int KILLS = Campaign.count(200);
    private static final int LONGEST_DELAY_MILLIS = 1500;
    private static final Duration TO_BE_SETTLED = Duration.ofSeconds(30);
    private static final String KEYS = "/slots/0/keys";

    @TempDir
    Path data;

    private final Random random = new Random(20_261_126);
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final Set<String> destroyed = ConcurrentHashMap.newKeySet();
    /** Those whose destruction was cut short: they may be there or not. */
    private final Set<String> uncertain = ConcurrentHashMap.newKeySet();

    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean killed;

    @Test
    void whatWasAnsweredHoldsAfterEveryRestart() throws Exception {
        long longest = 0;
        for (int round = 0; round <= KILLS; round++) {
            try (var gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
                Gateway admin = new Gateway(gateway.url(), data).as("", "*");
                long begun = System.nanoTime();
                await().atMost(TO_BE_SETTLED).untilAsserted(() -> assertHolds(admin));
                longest = Math.max(longest, System.nanoTime() - begun);
                if (round < KILLS) {
                    changeUntilKilled(gateway, admin);
                }
            }
        }
        Campaign.report(
                "key-kills",
                "%d kills, %d keys made and %d destroyed, %d calls cut short; none lost, none back, no half pair at most %d ms after each start"
                        .formatted(KILLS, made.size(), destroyed.size(), unanswered.get(), longest / 1_000_000));
        assertThat(unanswered).hasPositiveValue();
    }

    private void assertHolds(Gateway admin) throws Exception {
        Map<String, JsonNode> there = all(admin);
        assertThat(there.keySet())
                .containsAll(made.stream()
                        .filter(id -> !destroyed.contains(id) && !uncertain.contains(id))
                        .toList());
        assertThat(destroyed).noneMatch(there::containsKey);
        there.values().forEach(key -> {
            assertThat(key.path("class").asString()).as(key.toString()).isIn("private", "secret");
            assertThat(key.path("class").asString().equals("secret")
                            || key.path("fingerprint").isString())
                    .as(key.toString())
                    .isTrue();
        });
    }

    private static Map<String, JsonNode> all(Gateway admin) throws Exception {
        var all = new HashMap<String, JsonNode>();
        String next = "";
        do {
            Gateway.Answer page = admin.get(KEYS + "?limit=1000" + next);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json().path("items").forEach(key -> all.put(key.path("id").asString(), key));
            next = page.json().path("next").isString()
                    ? "&after=" + page.json().path("next").asString()
                    : "";
        } while (!next.isEmpty());
        return all;
    }

    private void changeUntilKilled(LaunchedGateway gateway, Gateway admin) throws Exception {
        killed = false;
        var callers = new ArrayList<Thread>();
        for (Errand errand : List.<Errand>of(this::generate, this::importKey, this::destroy)) {
            callers.add(Thread.ofPlatform().start(() -> repeat(errand, admin)));
        }
        Thread.sleep(100 + random.nextInt(LONGEST_DELAY_MILLIS));
        killed = true;
        gateway.kill();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private void repeat(Errand errand, Gateway admin) {
        try {
            while (!killed) {
                errand.run(admin);
            }
        } catch (IOException e) {
            unanswered.incrementAndGet();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void generate(Gateway admin) throws Exception {
        noteMade(admin.post(KEYS, "{'type':'EC','curve':'P-256','usage':['sign']}"));
    }

    private void importKey(Gateway admin) throws Exception {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        noteMade(admin.post(
                KEYS + "/import",
                "{'format':'raw','material':'%s','type':'AES','usage':['encrypt']}"
                        .formatted(Base64.getEncoder().encodeToString(secret))));
    }

    private void noteMade(Gateway.Answer answer) {
        if (answer.status() == 201) {
            made.add(answer.json().path("id").asString());
        }
    }

    private void destroy(Gateway admin) throws Exception {
        for (String id : made) {
            if (uncertain.add(id)) {
                if (admin.delete(KEYS + "/" + id).status() == 204) {
                    destroyed.add(id);
                }
                return;
            }
        }
        Thread.sleep(5);
    }

    private interface Errand {

        void run(Gateway admin) throws Exception;
    }
}
