package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of both PINs while clients sign on the same slot: they wait a moment, and nothing fails. */
class PinChangesCampaignIntegrationTests {

    private static final int USER_CHANGES = Campaign.count(200);
    private static final int SO_CHANGES = Campaign.count(50);
    private static final int CLIENTS = 16;
    private static final int LONGEST_WAIT_MILLIS = Campaign.slack(2_000, 10_000);

    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource
    void nobodyNoticesMoreThanAPause(PinToken token) throws Exception {
        try (var gateway = LaunchedGateway.start(data, token.prepare()).awaitReady()) {
            Gateway admin = new Gateway(gateway.url(), data).as("", "*");
            Gateway.Answer key = admin.post(token.path("/keys"), token.key);
            assertThat(key.status()).as(key.text()).isEqualTo(201);
            String so = token.soPin(data);
            String user = PinToken.DEFAULT_PIN;
            var clients = SigningClients.start(admin, token, CLIENTS);
            for (int i = 0; i < USER_CHANGES; i++) {
                String next = "u" + (1_000_003 + 7 * i);
                change(admin, token, "user", user, next);
                assertThat(token.acceptsUser(data, user)).as("the old user PIN").isFalse();
                assertThat(token.acceptsUser(data, next)).as("the new user PIN").isTrue();
                assertThat(token.flags(data)).doesNotContain("count low", "final", "locked");
                user = next;
                if (i % (USER_CHANGES / SO_CHANGES) == 0) {
                    String nextSo = "s" + (2_000_003 + 7 * i);
                    change(admin, token, "so", so, nextSo);
                    assertThat(token.acceptsSo(data, nextSo))
                            .as("the new SO PIN")
                            .isTrue();
                    so = nextSo;
                }
            }
            clients.stop();
            Campaign.report(
                    "pin-changes",
                    "%s: %d user PIN and %d SO PIN changes beside %d clients: %d signatures, %d failed, longest wait %d ms"
                            .formatted(
                                    token,
                                    USER_CHANGES,
                                    SO_CHANGES,
                                    CLIENTS,
                                    clients.signatures(),
                                    clients.failures().size(),
                                    clients.longestWaitMillis()));
            assertThat(clients.failures()).isEmpty();
            assertThat(clients.signatures()).isPositive();
            assertThat(clients.longestWaitMillis()).isLessThan(LONGEST_WAIT_MILLIS);
            assertThat(admin.get(token.path("")).json().path("state").asString())
                    .isEqualTo("ready");
        }
    }

    private static void change(Gateway admin, PinToken token, String role, String current, String next)
            throws Exception {
        Gateway.Answer answer = admin.post(
                token.path("/pins/" + role + "/change"), "{'currentPin':'%s','newPin':'%s'}".formatted(current, next));
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }
}
