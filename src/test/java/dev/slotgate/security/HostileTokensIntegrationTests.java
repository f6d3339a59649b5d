package dev.slotgate.security;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.Campaign;
import dev.slotgate.Gateway;
import dev.slotgate.GatewayTest;
import dev.slotgate.TestIssuer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Tokens that must not be accepted, of many kinds and each in several variants. Of each there is the same token without the
 * flaw, which is: so that none is refused for another reason.
 */
@GatewayTest
class HostileTokensIntegrationTests {

    private static final TestIssuer ISSUER = new TestIssuer();
    private static final TestIssuer STRANGER = new TestIssuer();
    private static final TestIssuer CLIENT = STRANGER;
    private static final long SEED = 20_261_126;
    private static final int VARIANTS = 8;

    @LocalServerPort
    int port;

    @Value("${slotgate.data}")
    Path data;

    private final HostileKind.Workshop workshop = new HostileKind.Workshop(ISSUER, STRANGER, new Random(SEED));
    private Gateway gateway;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry properties) {
        properties.add("slotgate.security.issuer", ISSUER::url);
    }

    @BeforeEach
    void connect() {
        gateway = new Gateway("http://127.0.0.1:" + port, data);
    }

    @AfterAll
    static void close() {
        ISSUER.close();
        STRANGER.close();
    }

    @Test
    void noHostileTokenIsAcceptedAndItsHonestTwinIs() throws Exception {
        Map<String, HostileKind> kinds = kinds();
        int tokens = 0;
        for (var kind : kinds.entrySet()) {
            for (int variant = 0; variant < VARIANTS; variant++) {
                TokenDraft good = good(tokens++);
                String hostile = kind.getValue().spoil(copy(good), workshop, variant);
                String which = kind.getKey() + ", variant " + variant + ": " + hostile;

                assertRefused(which, gateway.get("/slots", "Authorization", "Bearer " + hostile));
                assertThat(gateway.with(good.signedBy(ISSUER)).get("/slots").status())
                        .as("the honest twin of " + which)
                        .isEqualTo(200);
            }
        }
        Campaign.report("hostile-tokens", "%d tokens of %d kinds".formatted(tokens, kinds.size()));
        assertThat(kinds).hasSizeGreaterThan(30);
        assertThat(tokens).isGreaterThan(300);
    }

    @Test
    void keysThatComeAlongDoNotHarmATokenThatTheIssuerSigned() throws Exception {
        for (String header : new String[] {"jku", "x5u", "x5t"}) {
            TokenDraft draft = good(1).header(header, STRANGER.url() + "/jwks");
            assertThat(gateway.with(draft.signedBy(ISSUER)).get("/slots").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTokenThatIsBoundToAKeyIsSentWithAProofForTheCall() throws Exception {
        String thumbprint = CLIENT.key("ES256").computeThumbprint().toString();
        String token = good(0).claim("cnf", Map.of("jkt", thumbprint)).signedBy(ISSUER);
        String url = "http://127.0.0.1:" + port + "/slots";
        String proof = ProofDraft.of("ES256", CLIENT.key("ES256"), url, token, "once", Instant.now())
                .signedBy(CLIENT);

        assertRefused("without proof", gateway.with(token).get("/slots"));
        Gateway.Answer first = gateway.get("/slots?limit=1", "Authorization", "DPoP " + token, "DPoP", proof);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        Gateway.Answer again = gateway.get("/slots", "Authorization", "DPoP " + token, "DPoP", proof);
        assertProblem(again, 401, "unauthenticated");
        assertThat(again.header("WWW-Authenticate"))
                .startsWith("DPoP algs=\"")
                .contains("ES256")
                .endsWith("\", error=\"invalid_dpop_proof\"");
    }

    @Test
    void oneTokenIsSentInOneWay() throws Exception {
        String token = good(0).signedBy(ISSUER);
        assertThat(gateway.get("/slots", "Authorization", "bearer " + token).status())
                .isEqualTo(200);
        assertRefused(
                "two", gateway.get("/slots", "Authorization", "Bearer " + token, "Authorization", "Bearer " + token));
        for (String header : new String[] {token, "Basic " + token, "Bearer", "Token " + token, "Bearer" + token}) {
            assertProblem(gateway.get("/slots", "Authorization", header), 401, "unauthenticated");
        }
        for (String query : new String[] {"access_token", "token", "Authorization"}) {
            assertProblem(gateway.get("/slots?" + query + "=" + token), 401, "unauthenticated");
        }
    }

    private static void assertRefused(String which, Gateway.Answer answer) {
        assertThat(answer.status()).as(which + " -> " + answer.text()).isEqualTo(401);
        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).as(which).isEqualTo("Bearer error=\"invalid_token\"");
    }

    private static Map<String, HostileKind> kinds() {
        var kinds = new LinkedHashMap<>(HostileHeaders.kinds());
        kinds.putAll(HostileClaims.kinds());
        kinds.putAll(HostileSignatures.kinds());
        kinds.putAll(HostileShapes.kinds());
        return kinds;
    }

    private static TokenDraft good(int number) {
        String algorithm = TestIssuer.ALGORITHMS.get(number % TestIssuer.ALGORITHMS.size());
        return TokenDraft.good(algorithm, ISSUER.url(), Instant.now()).claim("jti", String.valueOf(number));
    }

    private static TokenDraft copy(TokenDraft draft) {
        return draft.claim("jti", draft.claims().get("jti") + "h");
    }
}
