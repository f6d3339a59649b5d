package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is told to stop under load loses nothing that it has answered. */
class SigtermCampaignIntegrationTests {

    private static final int TIMES = Campaign.count(200);
    private static final int CLIENTS = 16;
    private static final int SLOTS = 10;
    private static final Duration UNDER_LOAD = Duration.ofMillis(700);

    @TempDir
    Path data;

    private final List<SlotClients.Made> keys = new ArrayList<>();
    private int signatures;
    private int unanswered;
    private final List<Throwable> surprises = new ArrayList<>();

    @Test
    void nothingThatWasAnsweredIsLost() throws Exception {
        for (int round = 0; round < TIMES; round++) {
            try (var gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
                Gateway callers = new Gateway(gateway.url(), data).as("", "*");
                assertAreThere(callers, lastRound());
                var clients = SlotClients.start(callers, round % SLOTS, CLIENTS);
                Thread.sleep(UNDER_LOAD);
                assertThat(gateway.stop()).as(gateway.output()).isIn(0, 143);
                take(clients);
            }
        }
        try (var gateway = LaunchedGateway.start(data, Map.of()).awaitReady()) {
            assertAreThere(new Gateway(gateway.url(), data).as("", "*"), keys);
        }
        Campaign.report(
                "sigterm",
                "%d stops under load: %d keys all there, %d signatures all right, %d requests unanswered, %d answered wrongly"
                        .formatted(TIMES, keys.size(), signatures, unanswered, surprises.size()));
        assertThat(keys).isNotEmpty();
        assertThat(signatures).isPositive();
        assertThat(surprises).isEmpty();
    }

    private List<SlotClients.Made> lastRound() {
        return keys.subList(Math.max(0, keys.size() - 100), keys.size());
    }

    private void take(SlotClients clients) throws Exception {
        clients.join();
        keys.addAll(clients.made());
        signatures += clients.verifiedSignatures();
        unanswered += clients.unanswered();
        surprises.addAll(clients.surprises());
    }

    private static void assertAreThere(Gateway callers, List<SlotClients.Made> keys) throws Exception {
        for (SlotClients.Made key : keys) {
            Gateway.Answer answer = callers.get("/slots/" + key.slot() + "/keys/" + key.id());
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
    }
}
