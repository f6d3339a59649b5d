package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** A gateway behind a proxy that it trusts, with a dashboard and with limits. */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
        properties = {
            "slotgate.web.trusted-proxies=127.0.0.0/8",
            "slotgate.web.cors.allowed-origins=https://dashboard.example.com",
            "slotgate.limits.per-client.requests-per-second=1",
            "slotgate.limits.per-client.burst=20",
            "slotgate.limits.per-slot.requests-per-second=1000",
        })
class BehindProxyIntegrationTests extends AgainstTrialGateway {

    private static final String DASHBOARD = "https://dashboard.example.com";
    private static final String FROM = "X-Forwarded-For";

    @Test
    void aTrustedProxyTellsWhereACallComesFrom(CapturedOutput log) throws Exception {
        Gateway.Answer answer = client("proxied")
                .get("/slots", FROM, "6.6.6.6, 203.0.113.9", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Strict-Transport-Security")).isNotEmpty();
        assertThat(log.getAll() + Journals.in(data))
                .contains("\"source\":\"203.0.113.9\"")
                .doesNotContain("6.6.6.6");
        client("proxied").get("/slots", "Forwarded", "for=\"[2a00::1]:99\"");
        assertThat(log.getAll() + Journals.in(data)).contains("\"source\":\"2a00:0:0:0:0:0:0:1\"");
    }

    @Test
    void headersThatTellTwoStoriesAreRefused() throws Exception {
        assertProblem(
                client("two").get("/slots", FROM, "203.0.113.9", "Forwarded", "for=203.0.113.10"),
                400,
                "malformed-request");
        assertThat(client("two")
                        .get("/slots", FROM, "203.0.113.9", "Forwarded", "for=203.0.113.9")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPageOfTheDashboardMayAskBeforehandWithoutAToken() throws Exception {
        Gateway.Answer answer = preflight(DASHBOARD, "POST", "authorization,content-type,idempotency-key");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(DASHBOARD);
        assertThat(answer.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void aPageOfTheDashboardMayCallAndSeeItsHeaders() throws Exception {
        Gateway.Answer answer = client("page").get("/slots", "Origin", DASHBOARD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(DASHBOARD);
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("X-Request-Id", "Location", "Retry-After", "RateLimit", "Content-Digest");
        assertThat(answer.header("Vary")).contains("Origin");
        assertThat(stranger.get("/slots", "Origin", DASHBOARD).header("Access-Control-Allow-Origin"))
                .as("pages must see why they are refused")
                .isEqualTo(DASHBOARD);
    }

    @Test
    void pagesOfOtherOriginsAreRefused() throws Exception {
        for (String origin : new String[] {"https://evil.example.com", "http://dashboard.example.com", "null"}) {
            Gateway.Answer answer = preflight(origin, "GET", "authorization");
            assertProblem(answer, 403, "origin-not-allowed");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
            assertProblem(client("page").get("/slots", "Origin", origin), 403, "origin-not-allowed");
        }
        assertProblem(preflight(DASHBOARD, "TRACE", "authorization"), 403, "origin-not-allowed");
    }

    @Test
    void aClientThatCallsTooOftenWaits() throws Exception {
        Gateway limited = client("limited");
        Gateway.Answer first = limited.get("/slots/0");
        assertThat(first.http().headers().allValues("RateLimit-Policy"))
                .containsExactly("\"client\";q=20;w=20", "\"slot\";q=1000;w=1");
        assertThat(first.http().headers().allValues("RateLimit")).first().isEqualTo("\"client\";r=19;t=1");

        Gateway.Answer answer = first;
        for (int i = 0; i < 100 && answer.status() == 200; i++) {
            answer = limited.get("/slots/0");
        }
        assertProblem(answer, 429, "rate-limited");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("RateLimit")).startsWith("\"client\";r=0;t=1");
        assertThat(client("another").get("/slots/0").status()).isEqualTo(200);
    }

    @Test
    void eachItemOfABatchCounts() throws Exception {
        String items = IntStream.range(0, 60)
                .mapToObj(i -> "{'slot':0,'operation':'random','reference':'%d','length':1}".formatted(i))
                .collect(Collectors.joining(","));
        Gateway.Answer answer = client("batches").post("/batch", "{'items':[" + items + "]}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var byStatus = StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .collect(Collectors.groupingBy(item -> item.path("status").asInt(), Collectors.counting()));
        assertThat(byStatus).containsOnlyKeys(200, 429);
        assertThat(byStatus.get(200)).isBetween(19L, 50L);
    }

    @Test
    void whoTriesTokensIsNotJudgedForEver() throws Exception {
        Gateway known = client("known");
        assertThat(known.get("/slots", FROM, "203.0.113.50").status()).isEqualTo(200);
        for (int i = 0; i < 1_000; i++) {
            assertProblem(stranger.with("guess-" + i).get("/slots", FROM, "203.0.113.50"), 401, "unauthenticated");
        }

        Gateway.Answer refused = stranger.with("guess").get("/slots", FROM, "203.0.113.50");
        assertProblem(refused, 429, "rate-limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(known.get("/slots", FROM, "203.0.113.50").status())
                .as("a token that was good before")
                .isEqualTo(200);
        assertProblem(stranger.get("/slots", FROM, "203.0.113.50"), 401, "unauthenticated");
        assertProblem(stranger.with("guess").get("/slots", FROM, "203.0.113.51"), 401, "unauthenticated");
    }

    private Gateway.Answer preflight(String origin, String method, String headers) throws Exception {
        return stranger.send(stranger.request(
                        "/slots/0/sign",
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        method,
                        "Access-Control-Request-Headers",
                        headers)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }

    /** A client of its own, with calls of its own to spend. */
    private Gateway client(String id) throws Exception {
        return stranger.with(stranger.forge(
                claims -> claims.claim("client_id", id).claim("scope", "slots.read crypto.public crypto.use")));
    }
}
