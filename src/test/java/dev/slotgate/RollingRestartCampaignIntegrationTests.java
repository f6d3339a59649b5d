package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two gateways on the same tokens and database are stopped and started in turn, and their clients lose nothing. */
class RollingRestartCampaignIntegrationTests {

    private static final int TIMES = Campaign.count(20);
    private static final int PER_SECOND = Campaign.slack(300, 50);
    private static final List<String> NAMES = List.of("one", "other");
    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);

    /**
     * Whoever restarts gateways lets clients find the one that is back before the other one goes: a try that met the first while
     * it was away would otherwise be repeated at the second when that is going. The chart waits longer.
     */
    private static final Duration BEFORE_THE_NEXT = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private final Replicas.Replica[] running = new Replicas.Replica[NAMES.size()];
    private String token = "";
    private Duration longestStop = Duration.ZERO;

    @Test
    void clientsThatTryOnceMoreLoseNothing() throws Exception {
        try (var replicas = new Replicas(folder)) {
            for (int i = 0; i < running.length; i++) {
                running[i] = replicas.start(NAMES.get(i));
            }
            token = replicas.token("load");
            Gateway one = running[0].gateway().with(token);
            Gateway.Answer key = one.post("/slots/0/keys", "{'type':'EC','curve':'P-256','usage':['sign']}");
            String sign = "{'key':'%s','algorithm':'ES256','message':'YQ=='}"
                    .formatted(key.json().path("id").asString());
            var load = new SteadyLoad(PER_SECOND, one, running[1].gateway().with(token), sign);
            try (load) {
                for (int round = 0; round < TIMES * running.length; round++) {
                    restart(replicas, round % running.length, load);
                }
            }
            Campaign.report(
                    "rolling-restart",
                    "%d restarts of both: %d requests, %d sent again, %d failed; %d keys; the longest stop took %d ms"
                            .formatted(
                                    TIMES,
                                    load.sent(),
                                    load.sentAgain(),
                                    load.failures().size(),
                                    load.keys().size(),
                                    longestStop.toMillis()));
            assertThat(load.failures()).isEmpty();
            assertThat(labels(running[0].gateway().with(token))).containsAllEntriesOf(load.keys());
            assertThat(longestStop).isLessThan(LONGEST_STOP);
        } finally {
            for (Replicas.Replica replica : running) {
                if (replica != null) {
                    replica.close();
                }
            }
        }
    }

    private void restart(Replicas replicas, int which, SteadyLoad load) throws Exception {
        long start = System.nanoTime();
        LaunchedGateway process = running[which].process();
        assertThat(process.stop()).as(process.output()).isIn(0, 143);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        longestStop = took.compareTo(longestStop) > 0 ? took : longestStop;
        running[which].close();
        running[which] = replicas.start(NAMES.get(which));
        load.replace(which, running[which].gateway().with(token));
        Thread.sleep(BEFORE_THE_NEXT);
    }

    /** The ids of all keys with a label, which no two share. */
    private static Map<String, String> labels(Gateway gateway) throws Exception {
        var found = new HashMap<String, String>();
        var twins = new ArrayList<String>();
        String after = "";
        while (after != null) {
            JsonNode page = gateway.get("/slots/0/keys?limit=200" + after).json();
            page.path("items").valueStream().filter(key -> key.has("label")).forEach(key -> {
                String label = key.path("label").asString("");
                if (!label.isEmpty() && found.put(label, key.path("id").asString()) != null) {
                    twins.add(label);
                }
            });
            after = page.path("next").isString() ? "&after=" + page.path("next").asString() : null;
        }
        assertThat(twins).isEmpty();
        return found;
    }
}
