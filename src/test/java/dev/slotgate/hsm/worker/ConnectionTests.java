package dev.slotgate.hsm.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A link whose other end is no link, or another one. */
@Timeout(60)
class ConnectionTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int MAGIC = 0x534c4f54;
    private static final Operation<byte[], byte[]> COPY =
            new Operation<>(2, "copy", Codecs.of(byte[].class), Codecs.of(byte[].class));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path directory;

    private SocketPair sockets;

    @BeforeEach
    void connect() throws IOException {
        sockets = SocketPair.in(directory);
    }

    @AfterEach
    void disconnect() throws IOException {
        sockets.close();
        threads.close();
    }

    @Test
    void endsOfTwoVersionsPartAndNameBoth() {
        Future<Link> other = threads.submit(() -> Link.start("here", sockets.there(), new Handlers(), LONG, 8));

        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> Link.start("there", sockets.here(), new Handlers(), LONG, 7))
                .withMessage("no link to there: expected version 7 of the protocol, the other end has version 8");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(other::get)
                .withMessageContaining("expected version 8 of the protocol, the other end has version 7");
        assertThat(sockets.here().isOpen()).isFalse();
    }

    @Test
    void aSilentOtherEndIsNotWaitedForForEver() {
        assertNoLink(SHORT, "no link to there: expected a greeting in time");
    }

    @Test
    void anotherEndThatEndsAtOnceIsNoLink() throws IOException {
        sockets.there().close();
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> Link.start("there", sockets.here(), new Handlers(), LONG));
    }

    @Test
    void anotherProgramIsNoLink() throws IOException {
        sockets.there().write(ByteBuffer.wrap("GET / HTTP/1.1".getBytes(US_ASCII)));
        assertNoLink(LONG, "no link to there: expected the greeting of a Slotgate process");
    }

    @Test
    void garbageEndsTheLink() throws Exception {
        assertEnds(ByteBuffer.allocate(13).putInt(9).put((byte) 9).putInt(1).putInt(0));
    }

    @Test
    void aMessageThatClaimsTooMuchEndsTheLink() throws Exception {
        assertEnds(ByteBuffer.allocate(9).putInt(Frame.MAX + 1).put((byte) 1).putInt(1));
    }

    @Test
    void aMessageThatClaimsTooLittleEndsTheLink() throws Exception {
        assertEnds(ByteBuffer.allocate(9).putInt(Frame.MIN - 1).put((byte) 1).putInt(1));
    }

    @Test
    void aRequestWithoutAnOperationEndsTheLink() throws Exception {
        assertEnds(ByteBuffer.allocate(9).putInt(Frame.MIN).put((byte) 0).putInt(1));
    }

    @Test
    void anAnswerToNobodyIsDropped() throws Exception {
        try (Link link = link()) {
            sockets.there()
                    .write(ByteBuffer.allocate(9)
                            .putInt(Frame.MIN)
                            .put((byte) 1)
                            .putInt(77)
                            .flip());
            sockets.there().close();
            link.lost().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void deadlinesHoldWhenTheOtherEndStopsReading() throws IOException {
        try (Link link = link()) {
            for (int i = 0; i < 5; i++) {
                assertThatExceptionOfType(AnswerLate.class).isThrownBy(() -> link.call(COPY, new byte[1 << 20], SHORT));
            }
            assertThat(link.outstanding()).isZero();
        }
    }

    @Test
    void whatWaitedForRoomIsWrittenWhenThereIsSome() throws Exception {
        try (Link link = link()) {
            Future<byte[]> call = threads.submit(() -> link.call(COPY, new byte[1 << 20], LONG));
            ByteBuffer request = ByteBuffer.allocate(4 + Frame.MIN + 1 + 4 + (1 << 20));
            while (request.hasRemaining()) {
                sockets.there().read(request);
            }
            sockets.there()
                    .write(ByteBuffer.allocate(13)
                            .putInt(9)
                            .put((byte) 1)
                            .putInt(request.getInt(5))
                            .putInt(0)
                            .flip());

            assertThat(call.get()).isEmpty();
        }
    }

    @Test
    void aCallThatNeverGotItsTurnWasNotSent() throws Exception {
        Link link = link();
        Future<byte[]> first = threads.submit(() -> link.call(COPY, new byte[1 << 20], LONG));
        while (link.outstanding() < 1 || sockets.there().read(ByteBuffer.allocate(1)) < 1) {
            Thread.onSpinWait();
        }
        Future<byte[]> second = threads.submit(() -> link.call(COPY, new byte[1], LONG));
        while (link.outstanding() < 2) {
            Thread.onSpinWait();
        }
        link.close();

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(first::get);
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(second::get);
        assertThat(((LinkLost) first.exceptionNow()).sent()).isTrue();
        assertThat(((LinkLost) second.exceptionNow()).sent()).isFalse();
    }

    private void assertNoLink(Duration patience, String message) {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> Link.start("there", sockets.here(), new Handlers(), patience))
                .withMessage(message);
        assertThat(sockets.here().isOpen()).isFalse();
    }

    private void assertEnds(ByteBuffer message) throws Exception {
        try (Link link = link()) {
            sockets.there().write(message.flip());
            link.lost().get(30, TimeUnit.SECONDS);
        }
    }

    /** A link whose other end is this test. */
    private Link link() throws IOException {
        sockets.there()
                .write(ByteBuffer.allocate(8).putInt(MAGIC).putInt(Link.VERSION).flip());
        Link link = Link.start("there", sockets.here(), new Handlers(), LONG);
        sockets.there().read(ByteBuffer.allocate(8));
        return link;
    }
}
