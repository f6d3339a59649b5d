package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** What a collector learns of calls. */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "logging.level.dev.slotgate.security=debug")
class TracesIntegrationTests extends AgainstTrialGateway {

    private static final Collector COLLECTOR = Collector.start();
    private static final String PARENT = "00f067aa0ba902b7";

    private final String trace = UUID.randomUUID().toString().replace("-", "");

    @DynamicPropertySource
    static void collector(DynamicPropertyRegistry settings) {
        settings.add("slotgate.traces.endpoint", COLLECTOR::url);
    }

    @AfterAll
    static void stop() {
        COLLECTOR.stop();
    }

    @BeforeEach
    void key() throws Exception {
        admin.post("/slots/0/keys", "{'type':'EC','curve':'P-256','label':'traced','usage':['sign']}");
    }

    @Test
    void aCallIsASpanOfItsCallersTraceWithTheCallOfTheTokenInIt() throws Exception {
        Gateway.Answer answer = sign("traced", "01");

        Span call = only("crypto.sign");
        assertThat(hex(call.getParentSpanId())).isEqualTo(PARENT);
        assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(Collector.attributes(call))
                .isEqualTo(Map.of(
                        "slotgate.action", "crypto.sign",
                        "slotgate.slot", "0",
                        "slotgate.request_id", answer.header("X-Request-Id"),
                        "http.request.method", "POST",
                        "http.response.status_code", "200"));
        Span token = only("signer.sign");
        assertThat(token.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(token.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(Collector.attributes(token)).isEqualTo(Map.of("slotgate.slot", "0"));
        assertThat(token.getStartTimeUnixNano()).isGreaterThanOrEqualTo(call.getStartTimeUnixNano());
        assertThat(token.getEndTimeUnixNano()).isLessThanOrEqualTo(call.getEndTimeUnixNano());
    }

    @Test
    void aCallThatIsRefusedTellsWithWhichProblem() throws Exception {
        sign("no-such-key", "01");

        assertThat(Collector.attributes(only("crypto.sign")))
                .containsEntry("http.response.status_code", "404")
                .containsEntry("slotgate.problem", "key-not-found");
    }

    @Test
    void theItemsOfABatchAskTheirTokensWithinItsSpan() throws Exception {
        String item = "{'slot':%d,'operation':'random','length':8}";
        admin.post(
                "/batch",
                "{'items':[%s,%s]}".formatted(item.formatted(1), item.formatted(2)),
                "traceparent",
                traceparent("01"));

        Span call = only("crypto.batch");
        assertThat(ofTrace("keyCrypto.random"))
                .hasSize(2)
                .allSatisfy(token -> assertThat(token.getParentSpanId()).isEqualTo(call.getSpanId()));
    }

    @Test
    void aCallThatItsCallerDoesNotTraceIsNotTraced() throws Exception {
        sign("traced", "00");
        String untraced = trace;
        String later = admin.get("/whoami", "X-Request-Id", "a-later-call").header("X-Request-Id");

        await().until(() -> COLLECTOR.text().contains(later));
        assertThat(ids("crypto.sign")).doesNotContain(untraced);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-4bf9-1-01"})
    void aCallWithoutATraceparentThatIsOneBeginsATrace(String sent) throws Exception {
        String id = UUID.randomUUID().toString();
        admin.get("/whoami", "X-Request-Id", id, "traceparent", sent, "tracestate", "a=" + id, "baggage", "b=" + id);

        await().until(() -> COLLECTOR.text().contains(id));
        Span call = COLLECTOR.spans("callers.whoami").stream()
                .filter(span -> Collector.attributes(span).containsValue(id))
                .findFirst()
                .orElseThrow();
        assertThat(call.getParentSpanId().isEmpty()).isTrue();
        assertThat(hex(call.getTraceId())).matches("[0-9a-f]{32}");
        assertThat(call.getTraceState()).isEmpty();
    }

    @Test
    void linesOfTheLogNameTheTrace(CapturedOutput output) throws Exception {
        stranger.with("no-token").get("/slots", "traceparent", traceparent("01"));

        assertThat(output.getAll())
                .containsPattern("DEBUG AccessTokens: \\[" + trace + "] An access token was refused")
                .doesNotContain("[] ");
    }

    @Test
    void noSpanTellsPathsKeysMessagesOrWhoCalls() throws Exception {
        admin.post("/slots/0/keys", "{'type':'EC','curve':'P-256','label':'telltale','usage':['sign']}");
        String id = admin.get("/slots/0/keys?label=telltale")
                .json()
                .at("/items/0/id")
                .asString();
        String signature = sign("telltale", "01").json().path("signature").asString();
        admin.get("/slots/0/keys/" + id + "/telltale-path?telltale=query");
        stranger.with("telltale-token").get("/slots");
        String last = admin.get("/nowhere/telltale").header("X-Request-Id");

        await().until(() -> COLLECTOR.text().contains(last));
        assertThat(COLLECTOR.text())
                .doesNotContain("telltale", id, signature, "slotgate-admin", "/slots", "127.0.0.1", "nowhere");
    }

    private Gateway.Answer sign(String key, String sampled) throws Exception {
        return admin.post(
                "/slots/0/sign",
                "{'key':'%s','algorithm':'ES256','message':'YQ=='}".formatted(key),
                "traceparent",
                traceparent(sampled));
    }

    private String traceparent(String sampled) {
        return "00-" + trace + "-" + PARENT + "-" + sampled;
    }

    private Span only(String name) {
        await().until(() -> !ofTrace(name).isEmpty());
        assertThat(ofTrace(name)).hasSize(1);
        return ofTrace(name).getFirst();
    }

    private List<Span> ofTrace(String name) {
        return COLLECTOR.spans(name).stream()
                .filter(span -> hex(span.getTraceId()).equals(trace))
                .toList();
    }

    private static List<String> ids(String name) {
        return COLLECTOR.spans(name).stream()
                .map(span -> hex(span.getTraceId()))
                .toList();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
