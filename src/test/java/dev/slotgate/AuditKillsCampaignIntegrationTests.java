package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slotgate.hsm.pkcs11.Shim;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is answered has its record, however often the gateway is killed and the database is away. */
class AuditKillsCampaignIntegrationTests {

    private static final int CALLS = Campaign.count(100_000);
    private static final int LIVES = Campaign.slack(20, 2);
    private static final int OUTAGES = Campaign.slack(5, 1);
    private static final int CALLERS = 8;

    @TempDir
    Path data;

    @TempDir
    Path database;

    @TempDir
    Path module;

    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final List<Thread> callers = new ArrayList<>();
    private final int port = freePort();

    @Test
    void everyAnsweredCallHasExactlyOneRecord() throws Exception {
        Shim shim = Shim.build(module);
        EmbeddedPostgres server = server();
        long before = 0;
        String key = "";
        for (int life = 1; life <= LIVES; life++) {
            try (var gateway = LaunchedGateway.start(data, environment(shim)).awaitReady()) {
                Gateway admin = new Gateway(gateway.url(), data).as("", "*");
                if (key.isEmpty()) {
                    key = admin.post("/slots/0/keys", "{'type':'EC','curve':'P-256','usage':['sign']}")
                            .json()
                            .path("id")
                            .asString();
                    before = shim.calls("C_SignInit");
                }
                begin(admin, key, life);
                if (life <= OUTAGES) {
                    // Who may use a key stands in the database: without it only keys that were used before go on.
                    awaitAnswers(answered.size() + CALLERS);
                    server.close();
                    awaitAnswers((int) ((life - 0.5) * CALLS / LIVES));
                    server = server();
                }
                awaitAnswers((int) ((long) CALLS * life / LIVES));
                gateway.kill();
                for (Thread caller : callers) {
                    caller.join();
                }
                callers.clear();
            }
        }
        long signed = shim.calls("C_SignInit") - before;
        List<JsonNode> records = records();
        compare(records, signed);
        settle(shim, records);
        server.close();
    }

    private void compare(List<JsonNode> records, long signed) {
        var ofCalls = new HashMap<String, Integer>();
        long checkpoints = 0;
        for (JsonNode record : records) {
            String kind = record.path("kind").asString();
            if (kind.equals("checkpoint")) {
                checkpoints++;
            } else if (kind.equals("call") && record.path("action").asString("").equals("crypto.sign")) {
                ofCalls.merge(record.path("requestId").asString(), 1, Integer::sum);
            }
        }
        var missing = new HashSet<>(answered);
        missing.removeAll(ofCalls.keySet());
        long withoutAnswer = (long) ofCalls.size() - answered.size() + missing.size();
        long withoutRecord = signed - ofCalls.size() - checkpoints;
        Campaign.report(
                "audit-kills",
                "%d calls answered in %d lives, %d missing, %d records without an answer, %d token calls without a record"
                        .formatted(answered.size(), LIVES, missing.size(), withoutAnswer, withoutRecord));
        assertThat(missing).isEmpty();
        assertThat(ofCalls.values()).allMatch(count -> count == 1);
        assertThat(withoutAnswer).isLessThanOrEqualTo((long) CALLERS * LIVES);
        // One more for a checkpoint that was being made.
        assertThat(withoutRecord).isLessThanOrEqualTo((CALLERS + 1L) * LIVES);
    }

    /** Another gateway on the same folder hands on what the last one could not. */
    private void settle(Shim shim, List<JsonNode> written) throws Exception {
        try (var gateway = LaunchedGateway.start(data, environment(shim)).awaitReady()) {
            JdbcClient rows = JdbcClient.create(new DriverManagerDataSource(url()));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> rows.sql("select max(last_sequence) from audit_block")
                                    .query(Long.class)
                                    .single()
                            > written.size());
            List<String> blocks = rows.sql("select lines from audit_block order by first_sequence")
                    .query((row, _) -> row.getString("lines"))
                    .list();
            List<JsonNode> stored = blocks.stream()
                    .flatMap(String::lines)
                    .map(JsonMapper.shared()::readTree)
                    .limit(written.size())
                    .toList();
            assertThat(stored.equals(written)).isTrue();
            Gateway.Answer verified =
                    new Gateway(gateway.url(), data).as("audit.read", "*").post("/audit/verify", "{}");
            assertThat(verified.json().path("valid").asBoolean())
                    .as(verified.text())
                    .isTrue();
            gateway.stop();
        }
    }

    private void begin(Gateway admin, String key, int life) {
        String sign = "{'key':'%s','algorithm':'ES256','message':'YQ=='}".formatted(key);
        for (int i = 0; i < CALLERS; i++) {
            String name = "kill-" + life + "-" + i + "-";
            callers.add(Thread.ofPlatform().start(() -> sign(admin, sign, name)));
        }
    }

    private void sign(Gateway admin, String sign, String name) {
        try {
            for (int number = 1; ; number++) {
                String id = name + number;
                if (admin.post("/slots/0/sign", sign, "X-Request-Id", id).status() == 200) {
                    answered.add(id);
                }
            }
        } catch (IOException e) {
            // The gateway has gone.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAnswers(int number) {
        await().atMost(Duration.ofMinutes(10)).until(() -> answered.size() >= number);
    }

    private List<JsonNode> records() throws IOException {
        var records = new ArrayList<JsonNode>();
        for (Path segment : Journals.segments(data)) {
            String text = Files.readString(segment);
            // A kill may have cut off the last line.
            text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(JsonMapper.shared()::readTree)
                    .forEach(records::add);
        }
        return records;
    }

    private Map<String, String> environment(Shim shim) {
        var environment = new HashMap<>(Shim.environment());
        environment.put("SLOTGATE_MODULES_0_LIBRARY", shim.library().toString());
        environment.put("SPRING_DATASOURCE_URL", url());
        environment.put("SLOTGATE_AUDIT_CHECKPOINTRECORDS", "500");
        return environment;
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    private EmbeddedPostgres server() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(database.resolve("cluster"))
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
