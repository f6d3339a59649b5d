package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message much larger than the gateway's memory is signed and verified. */
class StreamCampaignIntegrationTests {

    private static final long MEBIBYTE = 1 << 20;
    private static final long LENGTH = Campaign.count(4096) * MEBIBYTE;
    private static final long WARM_UP = 512 * MEBIBYTE;
    private static final long MOST_GROWTH_KIB = Campaign.slack(32, 64) * 1024L;

    @TempDir
    Path data;

    @Test
    void aStreamNeedsNextToNoMemory() throws Exception {
        try (var gateway = LaunchedGateway.start(data, Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m"))
                .awaitReady()) {
            Gateway admin = new Gateway(gateway.url(), data).as("", "*");
            String key = admin.post("/slots/0/keys", "{'type':'EC','curve':'P-256','usage':['sign']}")
                    .json()
                    .path("id")
                    .asString();
            signAndVerify(admin, key, Math.min(LENGTH, WARM_UP));
            long before = resident(gateway.process());
            long begun = System.nanoTime();
            signAndVerify(admin, key, LENGTH);
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            long growth = resident(gateway.process()) - before;
            Campaign.report(
                    "stream",
                    "%d MiB signed and verified in %d s with a heap of 256 MB, %d KiB more resident (%d before)"
                            .formatted(LENGTH / MEBIBYTE, seconds, growth, before));
            assertThat(growth).isLessThan(MOST_GROWTH_KIB);
        }
    }

    private static void signAndVerify(Gateway admin, String key, long length) throws Exception {
        Gateway.Answer signed = send(admin, "/slots/0/sign?algorithm=ES256&key=" + key, length);
        String signature = Base64.getUrlEncoder()
                .encodeToString(Base64.getDecoder()
                        .decode(signed.json().path("signature").asString()));
        Gateway.Answer verified =
                send(admin, "/slots/0/verify?algorithm=ES256&key=%s&signature=%s".formatted(key, signature), length);
        assertThat(verified.json().path("valid").asBoolean()).isTrue();
    }

    private static Gateway.Answer send(Gateway admin, String path, long length) throws Exception {
        Gateway.Answer answer = admin.send(admin.request(path, "Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(length))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static long resident(ProcessHandle process) throws Exception {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Very many bytes. */
    private static final class Zeros extends InputStream {

        private long left;

        Zeros(long length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int given = (int) Math.min(left, length);
            left -= given;
            return given;
        }
    }
}
