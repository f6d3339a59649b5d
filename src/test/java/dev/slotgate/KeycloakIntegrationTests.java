package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.slotgate.security.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose issuer is a real Keycloak, with the realm that docs/oauth.md explains. */
@EnabledIf(value = "dev.slotgate.KeycloakFolder#isUsable", disabledReason = KeycloakFolder.NOT_USABLE)
@SuppressWarnings("NullAway.Init") // Before all tests.
class KeycloakIntegrationTests {

    /** The gateway need not read the keys anew for each token that it does not know. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Keycloak keycloak;
    private static KeycloakRealm realm;
    private static LaunchedGateway launched;
    private static Gateway gateway;

    @TempDir
    static Path temporary;

    @BeforeAll
    static void start() throws Exception {
        keycloak = Keycloak.blank();
        realm = keycloak.realm();
        launched = launch("data");
        keycloak.start();
        gateway = new Gateway(launched.awaitReady().url(), temporary);
        awaitAccepted(realm.token("payments", "slots.read"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (launched != null) {
            launched.close();
        }
        if (keycloak != null) {
            keycloak.stop();
        }
    }

    @Test
    void aServiceSignsWithTheTokenThatItGotForItself() throws Exception {
        Gateway operations = gateway.with(realm.token("operations", "keys.write"));
        Gateway.Answer made =
                operations.post("/slots/1/keys", "{'type':'EC','curve':'P-256','label':'invoices','usage':['sign']}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);

        Gateway payments = gateway.with(realm.token("payments", "crypto.use"));
        assertThat(sign(payments, 1).status()).isEqualTo(200);
    }

    @Test
    void aTokenOpensTheSlotsOfItsClientOrOfItsUser() throws Exception {
        Gateway payments = gateway.with(realm.token("payments", "slots.read"));
        assertThat(slots(payments)).containsExactly(1, 2);
        assertProblem(payments.get("/slots/3"), 404, "slot-not-found");

        Gateway operations = gateway.with(realm.token("operations", "slots.read"));
        assertThat(slots(operations)).hasSize(10);
        assertThat(operations.get("/slots/3").status()).isEqualTo(200);
    }

    @Test
    void aTokenOpensNothingForWhichNoScopeWasAskedOrGranted() throws Exception {
        Gateway payments = gateway.with(realm.token("payments", "keys.read"));
        assertThat(payments.get("/slots/1/keys").status()).isEqualTo(200);
        assertProblem(payments.get("/slots"), 403, "insufficient-scope");
        assertProblem(sign(payments, 1), 403, "insufficient-scope");
        assertThat(realm.askForToken("payments", "keys.write").path("error").asString())
                .isEqualTo("invalid_scope");
    }

    @Test
    void theRealmKnowsEveryScope() throws Exception {
        String token = realm.token("operations", String.join(" ", Scope.all()));
        String granted = SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("scope");
        assertThat(granted.split(" ")).containsExactlyInAnyOrderElementsOf(Scope.all());
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() throws Exception {
        realm.addClient("newsletter");
        assertRefused(realm.token("newsletter", ""));
    }

    @Test
    void theIssuerMayChangeItsKeyAndTakeTheOldOneAway() throws Exception {
        String first = realm.token("payments", "slots.read");
        assertThat(answer(first)).isEqualTo(200);

        realm.addKey(200);
        String second = realm.token("payments", "slots.read");
        assertThat(kid(second)).isNotEqualTo(kid(first));
        awaitAccepted(second);
        assertThat(answer(first)).as("while its key is there").isEqualTo(200);

        realm.removeKeyOf(first);
        realm.addKey(300);
        awaitAccepted(realm.token("payments", "slots.read"));
        await().atMost(PATIENCE).untilAsserted(() -> assertRefused(first));
        assertThat(answer(second)).isEqualTo(200);
    }

    @Test
    void theIssuerMayChangeToAnotherAlgorithm() throws Exception {
        assertThat(answer(realm.token("payments", "slots.read"))).isEqualTo(200);
        realm.signWith("ES256");
        try {
            awaitAccepted(realm.token("payments", "slots.read"));
        } finally {
            realm.signWith("RS256");
        }
    }

    @Test
    void whileTheIssuerIsDownKnownKeysServeAndANewGatewayWaitsForIt() throws Exception {
        String token = realm.token("payments", "slots.read");
        awaitAccepted(token);
        keycloak.stop();
        try (var late = launch("late").awaitReady()) {
            Gateway without = new Gateway(late.url(), temporary).with(token);
            assertThat(answer(token)).isEqualTo(200);
            assertProblem(without.get("/slots"), 503, "issuer-unavailable");

            keycloak.start();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(without.get("/slots").status()).isEqualTo(200));
            awaitAccepted(realm.token("payments", "slots.read"));
        }
    }

    @Test
    void theLinesOfTheDocumentationFetchATokenAndUseIt() throws Exception {
        Files.writeString(temporary.resolve("payments.secret"), KeycloakRealm.secret("payments"));
        String page = Files.readString(Path.of("docs/oauth.md"));
        String script = page.substring(page.indexOf("## Fetch a token"))
                .lines()
                .filter(line -> line.startsWith("    "))
                .collect(Collectors.joining("\n"))
                .replace("http://127.0.0.1:8180", keycloak.url())
                .replace("http://127.0.0.1:8080", launched.url());

        assertThat(LaunchedGateway.shell(temporary, Map.of(), script)).contains("\"label\":\"slot-1\"");
    }

    private static LaunchedGateway launch(String data) throws IOException {
        return LaunchedGateway.start(
                temporary.resolve(data),
                Map.of("SLOTGATE_SECURITY_ISSUER", realm.issuer(), "SLOTGATE_SECURITY_JWKSREFRESH", "1s"));
    }

    private static Gateway.Answer sign(Gateway caller, int slot) throws Exception {
        return caller.post("/slots/" + slot + "/sign", "{'key':'invoices','algorithm':'ES256','message':'AAAA'}");
    }

    private static List<Integer> slots(Gateway caller) throws Exception {
        return caller.get("/slots")
                .json()
                .path("items")
                .valueStream()
                .map(slot -> slot.path("id").asInt())
                .toList();
    }

    private static int answer(String token) throws Exception {
        return gateway.with(token).get("/slots").status();
    }

    private static void awaitAccepted(String token) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(answer(token)).isEqualTo(200));
    }

    private static void assertRefused(String token) throws Exception {
        assertProblem(gateway.with(token).get("/slots"), 401, "unauthenticated");
    }

    private static String kid(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }
}
