package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MACs of messages that are too long for one call of the token, over REST. */
class LongMacsIntegrationTests extends AgainstTrialGateway {

    private static final String SLOT = "/slots/6";
    private static final int MEBIBYTE = 1 << 20;
    /** A quarter of the eight that a slot has. */
    private static final int MOST = 2;

    private final byte[] secret = new byte[32];
    private String path = "";

    @BeforeEach
    void bringKey() throws Exception {
        Arrays.fill(secret, (byte) 5);
        Gateway.Answer key = admin.post(
                SLOT + "/keys/import",
                "{'format':'raw','material':'%s','type':'HMAC','usage':['mac']}"
                        .formatted(Base64.getEncoder().encodeToString(secret)));
        path = SLOT + "/mac?algorithm=HS256&key=" + key.json().path("id").asString();
    }

    @Test
    void theMacOfALongMessageIsThatOfOtherSoftware() throws Exception {
        for (long length : new long[] {MEBIBYTE, MEBIBYTE + 1, 64L * MEBIBYTE + 7}) {
            Gateway.Answer answer = send(() -> new Sevens(length, () -> {}));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().path("mac").asString()).isEqualTo(mac(length));
        }
        assertNoSessionIsInUse();
    }

    @Test
    void anUploadThatBreaksOffLeavesNoSessionInUse() throws Exception {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> send(() -> new Sevens(8L * MEBIBYTE, () -> {
                    await().until(() -> inUse() == 1);
                    throw new IOException("the caller goes away");
                })));
        assertNoSessionIsInUse();
    }

    @Test
    void longMessagesHaveAQuarterOfTheSessions() throws Exception {
        var goOn = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Gateway.Answer>> slow = IntStream.range(0, MOST)
                    .mapToObj(_ -> clients.submit(() -> send(() -> new Sevens(8L * MEBIBYTE, goOn::await))))
                    .toList();
            try {
                await().until(() -> inUse() == MOST);

                Gateway.Answer oneMore = send(() -> new Sevens(2L * MEBIBYTE, () -> {}));
                ProblemAssert.assertProblem(oneMore, 503, "slot-busy");
                assertThat(oneMore.json().path("retryable").asBoolean()).isTrue();
                assertThat(send(() -> new Sevens(10, () -> {})).status())
                        .as("a short one needs no place")
                        .isEqualTo(200);
            } finally {
                goOn.countDown();
            }
            for (Future<Gateway.Answer> each : slow) {
                assertThat(each.get().json().path("mac").asString()).isEqualTo(mac(8L * MEBIBYTE));
            }
        }
        assertNoSessionIsInUse();
    }

    private Gateway.Answer send(Supplier<InputStream> body) throws Exception {
        return admin.send(admin.request(path, "Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(body)));
    }

    private void assertNoSessionIsInUse() {
        await().untilAsserted(() -> assertThat(inUse()).isZero());
    }

    private int inUse() throws Exception {
        return admin.get(SLOT).json().path("sessions").path("inUse").asInt();
    }

    private String mac(long length) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "Hmac"));
        byte[] part = new byte[MEBIBYTE];
        Arrays.fill(part, (byte) 7);
        for (long left = length; left > 0; left -= part.length) {
            mac.update(part, 0, (int) Math.min(left, part.length));
        }
        return Base64.getEncoder().encodeToString(mac.doFinal());
    }

    /** Many bytes of 7, and what is waited for in the middle of them. */
    private static final class Sevens extends InputStream {

        private final long half;
        private final Pause pause;
        private long left;
        private boolean paused;

        Sevens(long length, Pause pause) {
            this.left = length;
            this.half = length / 2;
            this.pause = pause;
        }

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1) < 0 ? -1 : 7;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left <= half && !paused) {
                paused = true;
                await(pause);
            }
            if (left == 0) {
                return -1;
            }
            int given = (int) Math.min(left, length);
            Arrays.fill(into, offset, offset + given, (byte) 7);
            left -= given;
            return given;
        }

        private static void await(Pause pause) throws IOException {
            try {
                pause.end();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        /** Ends when the rest is to be sent. */
        interface Pause {

            void end() throws IOException, InterruptedException;
        }
    }
}
