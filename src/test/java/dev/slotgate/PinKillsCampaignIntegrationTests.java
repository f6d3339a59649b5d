package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway that is killed in the middle of a change of a PIN finds out at its next start which PIN the token has. */
class PinKillsCampaignIntegrationTests {

    private static final int KILLS = Campaign.count(50);
    private static final int LONGEST_DELAY_MILLIS = 400;
    private static final Duration TO_BE_READY = Duration.ofSeconds(30);

    @TempDir
    Path data;

    private final Random random = new Random(20_261_125);
    /** What the token may have: the last one that was answered, and the one that was under way. */
    private String user = PinToken.DEFAULT_PIN;

    private String nextUser = user;
    private String so = "";
    private String nextSo = so;
    private int changes;
    private int unanswered;
    private volatile boolean killed;

    @ParameterizedTest
    @EnumSource
    void theSlotIsReadyAfterEveryRestart(PinToken token) throws Exception {
        Map<String, String> environment = token.prepare();
        long longest = 0;
        for (int round = 0; round <= KILLS; round++) {
            try (var gateway = LaunchedGateway.start(data, environment).awaitReady()) {
                Gateway admin = new Gateway(gateway.url(), data).as("", "*");
                long begun = System.nanoTime();
                if (round == 0) {
                    so = token.soPin(data);
                    nextSo = so;
                    assertThat(admin.post(token.path("/keys"), token.key).status())
                            .isEqualTo(201);
                } else {
                    assertIsReady(admin, token);
                    longest = Math.max(longest, System.nanoTime() - begun);
                    takeWhatHolds(token);
                }
                if (round < KILLS) {
                    changeUntilKilled(gateway, admin, token, round % 3 == 2);
                }
            }
        }
        Campaign.report(
                "pin-kills",
                "%s: %d kills, %d changes answered and %d cut short, ready at most %d ms after each start"
                        .formatted(token, KILLS, changes, unanswered, longest / 1_000_000));
        assertThat(unanswered).isPositive();
    }

    private static void assertIsReady(Gateway admin, PinToken token) {
        await().atMost(TO_BE_READY).untilAsserted(() -> {
            Gateway.Answer slot = admin.get(token.path(""));
            assertThat(slot.json().path("state").asString()).as(slot.text()).isEqualTo("ready");
            Gateway.Answer signed = admin.post(
                    token.path("/sign"), "{'key':'pins','algorithm':'%s','message':'AAAA'}".formatted(token.algorithm));
            assertThat(signed.status()).as(signed.text()).isEqualTo(200);
        });
    }

    /** Of two PINs the token has just one. */
    private void takeWhatHolds(PinToken token) throws Exception {
        if (!nextUser.equals(user)) {
            boolean changed = token.acceptsUser(data, nextUser);
            assertThat(token.acceptsUser(data, changed ? nextUser : user)).isTrue();
            user = changed ? nextUser : user;
            nextUser = user;
        }
        if (!nextSo.equals(so)) {
            boolean changed = token.acceptsSo(data, nextSo);
            assertThat(token.acceptsSo(data, changed ? nextSo : so)).isTrue();
            so = changed ? nextSo : so;
            nextSo = so;
        }
    }

    private void changeUntilKilled(LaunchedGateway gateway, Gateway admin, PinToken token, boolean ofSo)
            throws Exception {
        // What the round before left open is settled first, so that the kill finds a change and not a refusal.
        await().atMost(TO_BE_READY).until(() -> change(admin, token, ofSo));
        killed = false;
        Thread killer = Thread.ofPlatform().start(() -> {
            sleep(random.nextInt(LONGEST_DELAY_MILLIS));
            killed = true;
            gateway.kill();
        });
        try {
            while (true) {
                change(admin, token, ofSo);
            }
        } catch (IOException e) {
            assertThat(killed).as("the gateway is killed by nobody else").isTrue();
            unanswered++;
        }
        killer.join();
    }

    /** False when another change is not settled yet. */
    private boolean change(Gateway admin, PinToken token, boolean ofSo) throws Exception {
        if (ofSo) {
            nextSo = "s" + random.nextInt(1_000_000, 9_000_000);
        } else {
            nextUser = "u" + random.nextInt(1_000_000, 9_000_000);
        }
        Gateway.Answer answer = admin.post(
                token.path(ofSo ? "/pins/so/change" : "/pins/user/change"),
                "{'currentPin':'%s','newPin':'%s'}".formatted(ofSo ? so : user, ofSo ? nextSo : nextUser));
        if (answer.status() == 503) {
            assertThat(answer.json().path("code").asString()).as(answer.text()).isEqualTo("slot-busy");
            nextSo = so;
            nextUser = user;
            return false;
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        so = nextSo;
        user = nextUser;
        changes++;
        return true;
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
