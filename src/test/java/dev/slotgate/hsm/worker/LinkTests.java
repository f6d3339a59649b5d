package dev.slotgate.hsm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SlotId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinkTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private static final Codec<byte[]> BYTES = Codecs.of(byte[].class);
    private static final Operation<String, String> ECHO =
            new Operation<>(1, "echo", Codecs.of(String.class), Codecs.of(String.class));
    private static final Operation<byte[], byte[]> COPY = new Operation<>(2, "copy", BYTES, BYTES);
    private static final Operation<String, @Nullable Void> FAIL =
            new Operation<>(3, "fail", Codecs.of(String.class), Codecs.NOTHING);
    private static final Operation<String, String> WAIT =
            new Operation<>(4, "wait", Codecs.of(String.class), Codecs.of(String.class));

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Function<String, RuntimeException> failure = IllegalStateException::new;

    @TempDir
    private Path directory;

    private SocketPair sockets;
    private Link here;
    private Link there;

    @BeforeEach
    void connect() throws Exception {
        sockets = SocketPair.in(directory);
        Future<Link> other = threads.submit(() -> Link.start("here", sockets.there(), handlers(), LONG));
        here = Link.start("there", sockets.here(), handlers(), LONG);
        there = other.get();
    }

    @AfterEach
    void disconnect() throws IOException {
        goOn.countDown();
        here.close();
        there.close();
        threads.close();
        sockets.close();
    }

    @Test
    void everyCallerGetsItsOwnAnswerWithBothEndsCalling() throws Exception {
        List<Future<Integer>> callers = IntStream.range(0, 16)
                .mapToObj(caller -> threads.submit(() -> calls(caller % 2 == 0 ? here : there, caller, 3000)))
                .toList();

        for (Future<Integer> caller : callers) {
            assertThat(caller.get()).isEqualTo(3000);
        }
        assertThat(here.outstanding() + there.outstanding()).isZero();
    }

    @Test
    void longMessagesCrossAmongShortOnes() throws Exception {
        byte[] large = new byte[3 << 20];
        large[large.length - 1] = 7;
        Future<Integer> others = threads.submit(() -> calls(here, 0, 1000));

        for (int i = 0; i < 5; i++) {
            assertThat(here.call(COPY, large, LONG)).isEqualTo(large);
        }
        assertThat(others.get()).isEqualTo(1000);
    }

    @Test
    void aRequestThatIsTooLongIsNotSent() {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> here.call(COPY, new byte[Frame.MAX], LONG))
                .withMessageStartingWith("expected a message of at most");
        assertWorks();
    }

    @Test
    void anAnswerThatIsTooLongIsAFailure() {
        assertFails(() -> here.call(COPY, new byte[5 << 20], LONG), HsmFailure.TOKEN_UNAVAILABLE, "The worker failed.");
        assertWorks();
    }

    @Test
    void aFailureKeepsAllItsFields() {
        var candidates = List.of(new KeyId("01"), new KeyId("02"));
        failure = message -> HsmException.restored(HsmFailure.AMBIGUOUS_KEY, message, "field", "CKR_OK", candidates);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> here.call(FAIL, "Several.", LONG))
                .satisfies(e -> assertThat(e)
                        .extracting(
                                HsmException::failure,
                                HsmException::getMessage,
                                HsmException::field,
                                HsmException::returnCode,
                                HsmException::candidates)
                        .containsExactly(HsmFailure.AMBIGUOUS_KEY, "Several.", "field", "CKR_OK", candidates));
    }

    @Test
    void anyOtherExceptionTellsNothing() {
        failure = IllegalArgumentException::new;
        assertFails(() -> here.call(FAIL, "secret", LONG), HsmFailure.TOKEN_UNAVAILABLE, "The worker failed.");
        assertWorks();
    }

    @Test
    void aCallEndsAtItsDeadlineAndALateAnswerIsDropped() {
        assertThatExceptionOfType(AnswerLate.class).isThrownBy(() -> here.call(WAIT, "late", SHORT));
        assertThat(here.outstanding()).isZero();

        goOn.countDown();
        assertThat(here.call(WAIT, "next", LONG)).isEqualTo("next");
        assertWorks();
    }

    @Test
    void anInterruptedCallerLeavesTheLinkAsItIs() throws Exception {
        var ended = new CompletableFuture<AnswerLate>();
        Thread caller = Thread.startVirtualThread(() -> {
            Thread.currentThread().interrupt();
            try {
                here.call(WAIT, "interrupted", LONG);
            } catch (AnswerLate e) {
                ended.complete(e);
            }
        });

        assertThat(ended.get()).hasMessage("The wait for the token was interrupted.");
        caller.join();
        assertWorks();
    }

    @Test
    void callsThatWaitWhenTheLinkEndsMayHaveReachedTheOtherEnd() throws Exception {
        Future<String> call = threads.submit(() -> here.call(WAIT, "lost", LONG));
        while (here.outstanding() == 0) {
            Thread.onSpinWait();
        }
        assertThat(here.call(ECHO, "after it", LONG)).isEqualTo("after it");
        there.close();

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(call::get);
        assertThat(call.exceptionNow())
                .isInstanceOfSatisfying(
                        LinkLost.class, e -> assertThat(e.sent()).isTrue());
    }

    @Test
    void callsAfterTheEndWereNotSent() throws Exception {
        there.close();
        here.lost().get(30, TimeUnit.SECONDS);

        assertThatExceptionOfType(LinkLost.class)
                .isThrownBy(() -> here.call(ECHO, "never", LONG))
                .matches(e -> !e.sent());
        assertThat(here.outstanding()).isZero();
    }

    @Test
    void bothEndsLearnThatOneClosed() throws Exception {
        here.close();
        here.close();

        here.lost().get(30, TimeUnit.SECONDS);
        there.lost().get(30, TimeUnit.SECONDS);
    }

    @Test
    void anOperationThatNobodyServesEndsTheLink() throws Exception {
        var unknown = new Operation<>(200, "unknown", Codecs.of(String.class), Codecs.NOTHING);

        assertThatExceptionOfType(LinkLost.class).isThrownBy(() -> here.call(unknown, "", LONG));
        there.lost().get(30, TimeUnit.SECONDS);
    }

    @Test
    void anAnswerOfAnotherTypeEndsTheLink() throws Exception {
        var misread = new Operation<>(ECHO.code(), "echo", ECHO.request(), Codecs.of(SlotId.class));

        assertThatExceptionOfType(LinkLost.class).isThrownBy(() -> here.call(misread, "text", LONG));
        here.lost().get(30, TimeUnit.SECONDS);
    }

    private Handlers handlers() {
        return new Handlers()
                .on(ECHO, text -> text)
                .on(COPY, bytes -> bytes.length < 4 << 20 ? bytes : new byte[Frame.MAX])
                .on(FAIL, message -> {
                    throw failure.apply(message);
                })
                .on(WAIT, text -> {
                    await(goOn);
                    return text;
                });
    }

    private static int calls(Link link, int caller, int count) {
        int right = 0;
        for (int i = 0; i < count; i++) {
            String text = caller + "/" + i;
            right += link.call(ECHO, text, LONG).equals(text) ? 1 : 0;
        }
        return right;
    }

    private void assertWorks() {
        assertThat(here.call(ECHO, "still", LONG)).isEqualTo("still");
    }

    private static void assertFails(Runnable call, HsmFailure failure, String message) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(call::run)
                .withMessage(message)
                .matches(e -> e.failure() == failure);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
