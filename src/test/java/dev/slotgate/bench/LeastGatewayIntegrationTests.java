package dev.slotgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.Gateway;
import dev.slotgate.LaunchedGateway;
import dev.slotgate.Wrk;
import dev.slotgate.hsm.pkcs11.RawToken;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LeastGatewayIntegrationTests {

    @TempDir
    Path folder;

    @Test
    void itAnswersTheCallsOfTheBenchWithWhatItsTokenMade() throws Exception {
        Path data = folder.resolve("least");
        try (LaunchedGateway least = LaunchedGateway.start(data, new LeastProcess(data).next())) {
            Gateway caller = new Gateway(least.awaitReady().url(), data).with("any");
            var calls = new Calls(caller);

            assertThat(result(caller, calls.use(RawToken.Use.ES256, 0))).hasSize(64);
            assertThat(result(caller, calls.use(RawToken.Use.RS256, 0))).hasSize(256);
            assertThat(result(caller, calls.use(RawToken.Use.A256GCM, 0))).hasSize(1024 + 16);
            JsonNode items = answer(caller, calls.batch(30, List.of(0))).path("items");
            assertThat(items).hasSize(30);
            assertThat(items.path(29).path("body").path("result").binaryValue()).hasSize(64);
        }
    }

    private static byte[] result(Gateway caller, Wrk.Call call) throws Exception {
        return answer(caller, call).path("result").binaryValue();
    }

    private static JsonNode answer(Gateway caller, Wrk.Call call) throws Exception {
        Gateway.Answer answer = caller.post(call.path(), call.json());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
