package dev.slotgate.hsm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoundKeysTests {

    private static final SlotId SLOT = new SlotId(1);
    private static final KeyId KEY = new KeyId("0a");

    private final AtomicInteger calls = new AtomicInteger();
    private @Nullable HsmException failure;
    private Runnable meanwhile = () -> {};
    private final FoundKeys found = new FoundKeys((call, arguments) -> {
        int answer = calls.incrementAndGet();
        meanwhile.run();
        if (failure != null) {
            throw failure;
        }
        return answer;
    });

    @Test
    void whatWasFoundIsNotAskedForAgain() {
        assertThat(call("find", SLOT, "k")).isEqualTo(call("find", SLOT, "k"));
        assertThat(call("find", SLOT, "other")).isEqualTo(2);
        assertThat(call("find", new SlotId(2), "k")).isEqualTo(3);
    }

    @Test
    void aChangeOfTheSlotEndsTheMemoryOfItAlone() {
        call("find", SLOT, "k");
        call("find", new SlotId(2), "k");

        call("destroy", SLOT, KEY);

        assertThat(call("find", SLOT, "k")).isEqualTo(4);
        assertThat(call("find", new SlotId(2), "k")).isEqualTo(2);
    }

    @Test
    void aUseThatFailsEndsTheMemory() {
        call("find", SLOT, "k");
        failure = HsmException.keyNotFound(SLOT, "k");
        assertThat(catchThrowableOfType(HsmException.class, () -> call("get", SLOT, KEY))
                        .failure())
                .isEqualTo(HsmFailure.KEY_NOT_FOUND);
        failure = null;

        assertThat(call("find", SLOT, "k")).isEqualTo(3);
    }

    @Test
    void aSlotThatIsBusySaysNothingOfItsKeys() {
        call("find", SLOT, "k");
        failure = new HsmException(HsmFailure.SLOT_BUSY, "busy");
        assertThatExceptionOfType(HsmException.class).isThrownBy(() -> call("get", SLOT, KEY));
        failure = null;

        assertThat(call("find", SLOT, "k")).isEqualTo(1);
    }

    @Test
    void thoseWhoAskAtOnceShareOneCall() throws Exception {
        var go = new CountDownLatch(1);
        meanwhile = () -> awaitUninterruptibly(go);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> answers = IntStream.range(0, 50)
                    .mapToObj(_ -> callers.submit(() -> call("find", SLOT, "k")))
                    .toList();
            await().until(() -> calls.get() > 0);
            Thread.sleep(100);
            go.countDown();
            for (Future<Object> answer : answers) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void thoseWhoWaitForACallThatFailsAskThemselves() throws Exception {
        var go = new CountDownLatch(1);
        meanwhile = () -> {
            meanwhile = () -> {};
            awaitUninterruptibly(go);
            throw HsmException.keyNotFound(SLOT, "k");
        };
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Object> first = callers.submit(() -> call("find", SLOT, "k"));
            await().until(() -> calls.get() > 0);
            Future<Object> second = callers.submit(() -> call("find", SLOT, "k"));
            Thread.sleep(50);
            go.countDown();
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(first::get);
            assertThat(second.get()).isEqualTo(2);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsFoundWhileTheSlotChangesIsNotRemembered() {
        meanwhile = () -> {
            meanwhile = () -> {};
            call("destroy", SLOT, KEY);
        };

        call("find", SLOT, "k");

        assertThat(call("find", SLOT, "k")).isEqualTo(3);
    }

    @Test
    void whatFailedIsNotRemembered() {
        failure = HsmException.keyNotFound(SLOT, "k");
        assertThatExceptionOfType(HsmException.class).isThrownBy(() -> call("find", SLOT, "k"));
        failure = null;

        assertThat(call("find", SLOT, "k")).isEqualTo(2);
    }

    private Object call(String name, Object... arguments) {
        PortCall call = Arrays.stream(Keys.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .map(method -> PortCall.of(method, name.hashCode() & 0xff))
                .orElseThrow();
        return Optional.ofNullable(found.call(call, arguments)).orElseThrow();
    }
}
