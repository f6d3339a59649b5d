package dev.slotgate;

import static dev.slotgate.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the network may bring, to a gateway of which nothing is configured. */
@ExtendWith(OutputCaptureExtension.class)
class NetworkEdgeIntegrationTests extends AgainstTrialGateway {

    private static final String HOST = "Host: localhost\r\n";

    @Test
    void forgedHeadersOfProxiesChangeNothing(CapturedOutput log) throws Exception {
        Gateway.Answer made = admin.post(
                "/slots/0/keys",
                "{'type':'EC','curve':'P-256','usage':['sign']}",
                "Forwarded",
                "for=203.0.113.9;proto=https;host=evil.example.com",
                "X-Forwarded-For",
                "203.0.113.9",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "evil.example.com",
                "X-Forwarded-Prefix",
                "/evil",
                "X-Real-Ip",
                "203.0.113.9");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("Location"))
                .isEqualTo("/slots/0/keys/" + made.json().path("id").asString());
        assertThat(made.header("Strict-Transport-Security")).isEmpty();
        assertThat(log.getAll() + Journals.in(data))
                .contains("\"source\":\"127.0.0.1\"")
                .doesNotContain("203.0.113.9");
    }

    @Test
    void pagesOfOtherOriginsGetNowhere() throws Exception {
        Gateway.Answer preflight = stranger.send(stranger.request(
                        "/slots", "Origin", "https://dashboard.example.com", "Access-Control-Request-Method", "GET")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertProblem(preflight, 401, "unauthenticated");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(admin.get("/slots", "Origin", "https://dashboard.example.com")
                        .header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "400 | malformed-request | GET /[x] HTTP/1.1~Host: localhost~~",
                "400 | malformed-request | GET /slots HTTP/1.1~~",
                "400 | malformed-request | GET /slots HTTP/1.1~Host: localhost~Host: other~~",
                "400 | malformed-request | GET /slots HTTP/1.1~Host: localhost~no colon~~",
                "400 | malformed-request | POST /slots HTTP/1.1~Host: localhost~Content-Length: many~~",
                "400 | malformed-request | G@T /slots HTTP/1.1~Host: localhost~~",
                "400 | malformed-request | nonsense~~",
                "501 | not-implemented | POST /slots HTTP/1.1~Host: localhost~Transfer-Encoding: gibberish~~",
                "505 | http-version-not-supported | GET /slots HTTP/3.7~Host: localhost~~",
                "414 | uri-too-long | GET /*LONG* HTTP/1.1~Host: localhost~~",
                "431 | headers-too-large | GET /slots HTTP/1.1~Host: localhost~X-Long: *LONG*~~",
                "431 | headers-too-large | GET /slots HTTP/1.1~Host: localhost~*MANY*~~",
            })
    void whatTheContainerRefusesIsAProblem(int status, String code, String request) throws Exception {
        try (var client = new RawClient(port)) {
            client.send(request.replace("~", "\r\n")
                    .replace("*LONG*", "a".repeat(41 << 10))
                    .replace("*MANY*", "X-Many: 1\r\n".repeat(200)));
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .containsIgnoringCase("Content-Type: application/problem+json")
                    .contains("\"code\":\"" + code + "\"", "\"status\":" + status + ",", "X-Request-Id: ")
                    .doesNotContain("Exception", "org.apache", "<html");
        }
    }

    @Test
    void aRefusalOfTheContainerHasTheIdOfTheCaller() throws Exception {
        Gateway.Answer refused = admin.get("/slots/%2F", "X-Request-Id", "of-the-caller");
        assertProblem(refused, 400, "malformed-request");
        assertThat(refused.header("X-Request-Id")).isEqualTo("of-the-caller");
    }

    @Test
    void aQueryThatTheContainerCannotReadIsNamed() throws Exception {
        for (String query : new String[] {"?=x", "?limit=1&=x", "?" + "a&".repeat(1_000) + "a"}) {
            Gateway.Answer refused = admin.get("/slots" + query);
            assertProblem(refused, 400, "malformed-request");
            assertThat(refused.json().path("detail").asString()).startsWith("query: expected ");
        }
    }

    @Test
    void aConnectionServesMoreThanAHundredRequests() throws Exception {
        try (var client = new RawClient(port)) {
            for (int i = 0; i < 250; i++) {
                client.send("GET /slots HTTP/1.1\r\n" + HOST + "\r\n");
                assertThat(client.oneAnswer()).as("request %d", i).startsWith("HTTP/1.1 401 ");
            }
        }
    }

    @Test
    void whoSendsTooSlowlyIsCutOffAndWhoStopsIsToldSo() throws Exception {
        String post = "POST /slots/0/sign HTTP/1.1\r\n" + HOST
                + "Content-Type: application/json\r\nContent-Length: 60000\r\n";
        try (var slow = Executors.newVirtualThreadPerTaskExecutor()) {
            var header = slow.submit(cut("GET /slots HTTP/1.1\r\n" + HOST + "X-Slow: "));
            var body = slow.submit(cut(post + "Authorization: Bearer " + admin.token() + "\r\n\r\n{\"key\":\""));
            var strangers = slow.submit(cut(post + "\r\n{\"key\":\""));
            var stopped = slow.submit(this::answerToABodyThatStops);
            var stream = slow.submit(cut(stream(1 << 20)));
            var steady = slow.submit(this::answerToASteadyStream);

            assertThat(header.get()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
            assertThat(body.get()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(60));
            assertThat(strangers.get()).isLessThan(Duration.ofSeconds(20));
            assertThat(stopped.get())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("too-slow", "application/problem+json", "Connection: close");
            assertThat(stream.get()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
            assertThat(steady.get()).startsWith("HTTP/1.1 200 ").contains("\"digest\":");
        }
    }

    /** The head of a stream to make a digest of. */
    private String stream(int length) {
        return "POST /slots/0/digest?algorithm=SHA-256 HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + admin.token()
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** At twice the least pace, until a slower one would long have been cut off. */
    private String answerToASteadyStream() throws Exception {
        String halfASecond = "a".repeat(64 << 10);
        int pieces = 30;
        try (var client = new RawClient(port)) {
            client.send(stream(pieces * halfASecond.length()));
            for (int i = 0; i < pieces; i++) {
                client.send(halfASecond);
                Thread.sleep(500);
            }
            return client.oneAnswer();
        }
    }

    private String answerToABodyThatStops() throws Exception {
        try (var client = new RawClient(port)) {
            client.send("POST /slots/0/sign HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + admin.token()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"key\":");
            return client.answer();
        }
    }

    private Callable<Duration> cut(String begin) {
        return () -> {
            try (var client = new RawClient(port)) {
                client.send(begin);
                return client.trickle("a");
            }
        };
    }
}
