package dev.slotgate.hsm.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SignatureAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SigningLaneTests {

    private static final SigningLane.Target KEY = target("aa");
    private static final SigningLane.Target OTHER_KEY = target("bb");

    private final List<List<Byte>> groups = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();

    private static SigningLane.Target target(String key) {
        return new SigningLane.Target(new KeyId(key), SignatureAlgorithm.ES256);
    }

    /** What the input is and the key that it was signed with. */
    private static byte[] signature(SigningLane.Target target, byte[] input) {
        return new byte[] {input[0], target.key().bytes()[0]};
    }

    private List<byte[]> made(SigningLane.Target target, List<byte[]> inputs) {
        groups.add(inputs.stream().map(input -> input[0]).toList());
        return inputs.stream().map(input -> signature(target, input)).toList();
    }

    private List<byte[]> slowly(SigningLane.Target target, List<byte[]> inputs) {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        pause();
        underWay.decrementAndGet();
        return made(target, inputs);
    }

    private static void pause() {
        pause(Duration.ofMillis(1));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void callsThatWaitShareASessionAndEachGetsItsOwnSignature() throws Exception {
        // More patient than a busy machine is slow: one that goes on its own may be signed for twice.
        var lane = new SigningLane(2, Duration.ofSeconds(20), System::nanoTime, this::slowly);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 60; i++) {
                byte[] input = {(byte) i};
                SigningLane.Target target = i % 3 == 0 ? OTHER_KEY : KEY;
                calls.add(() -> java.util.Arrays.equals(sign(lane, target, input), signature(target, input)));
            }
            // The first rounds show the lane how fast the token is.
            for (int round = 0; round < 20; round++) {
                for (Future<Boolean> signed : callers.invokeAll(calls)) {
                    assertThat(signed.get()).isTrue();
                }
            }
        }

        assertThat(groups.stream().flatMap(List::stream)).hasSize(20 * 60);
        assertThat(groups).anyMatch(group -> group.size() > 1).allMatch(group -> group.size() <= 16);
        assertThat(groups)
                .allMatch(group -> new HashSet<>(group.stream()
                                        .map(input -> input % 3 == 0)
                                        .toList())
                                .size()
                        == 1);
        assertThat(groups.size()).isLessThan(20 * 60 / 2);
    }

    @Test
    void aCallThatWaitsLongGoesOnItsOwn() {
        var free = new CountDownLatch(1);
        var lane = new SigningLane(1, (target, inputs) -> {
            if (inputs.getFirst()[0] == 0) {
                awaitUninterruptibly(free);
            }
            return made(target, inputs);
        });
        Thread stuck = Thread.startVirtualThread(() -> sign(lane, KEY, new byte[] {0}));

        assertThat(sign(lane, KEY, new byte[] {1})).isEqualTo(signature(KEY, new byte[] {1}));

        assertThat(stuck.isAlive()).isTrue();
        free.countDown();
        await().until(() -> !stuck.isAlive());
        assertThat(sign(lane, KEY, new byte[] {2})).isEqualTo(signature(KEY, new byte[] {2}));
        assertThat(groups).containsExactly(List.of((byte) 1), List.of((byte) 0), List.of((byte) 2));
    }

    @Test
    void aCallThatWaitsLongInALaneThatMovesStaysInIt() throws Exception {
        // No call takes others along at this pace, and the last ones wait for several times the patience.
        var lane = new SigningLane(1, Duration.ofMillis(150), System::nanoTime, (target, inputs) -> {
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            pause(Duration.ofMillis(25));
            underWay.decrementAndGet();
            return made(target, inputs);
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<byte[]>> calls = IntStream.range(0, 15)
                    .<Callable<byte[]>>mapToObj(i -> () -> sign(lane, KEY, new byte[] {(byte) i}))
                    .toList();
            for (Future<byte[]> signed : callers.invokeAll(calls)) {
                assertThat(signed.get()).hasSize(2);
            }
        }

        assertThat(groups).hasSize(15);
        assertThat(mostUnderWay).hasValue(1);
    }

    @Test
    void whatFailsForOneInAGroupIsTriedByTheOthersThemselves() throws Exception {
        var lane = new SigningLane(1, (target, inputs) -> {
            pause();
            if (inputs.getFirst()[0] % 5 == 0) {
                throw new HsmException(HsmFailure.REFUSED_BY_TOKEN, "not this one");
            }
            // The token fails after two.
            return made(target, inputs.subList(0, Math.min(2, inputs.size())));
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<byte[]>> calls = IntStream.range(0, 40)
                    .<Callable<byte[]>>mapToObj(i -> () -> sign(lane, KEY, new byte[] {(byte) i}))
                    .toList();
            for (int round = 0; round < 10; round++) {
                List<Future<byte[]>> signed = callers.invokeAll(calls);
                for (int i = 0; i < signed.size(); i++) {
                    boolean refused = signed.get(i).state() == Future.State.FAILED;
                    // One that is refused when it leads may be signed when it follows.
                    assertThat(refused && i % 5 != 0).isFalse();
                    if (!refused) {
                        assertThat(signed.get(i).get()).isEqualTo(signature(KEY, new byte[] {(byte) i}));
                    }
                }
            }
        }
        assertThat(groups).anyMatch(group -> group.size() > 1);
    }

    @Test
    void aCallForSeveralGetsThemInItsOrderAndTheTokensPaceLimitsThem() {
        // Not by the time that goes by: the machine may hold a call up.
        var lane = new SigningLane(1, Duration.ofSeconds(20), () -> 0, this::made);
        List<byte[]> inputs =
                IntStream.range(0, 40).mapToObj(i -> new byte[] {(byte) i}).toList();

        // How fast the token is, the first one shows.
        assertThat(lane.sign(KEY, inputs)).containsExactly(signature(KEY, inputs.getFirst()));
        assertThat(lane.sign(KEY, inputs))
                .containsExactlyElementsOf(inputs.subList(0, 16).stream()
                        .map(input -> signature(KEY, input))
                        .toList());
    }

    @Test
    void callsForSeveralShareASessionAsFarAsTheyGoTogether() throws Exception {
        var lane = new SigningLane(1, Duration.ofSeconds(20), System::nanoTime, this::slowly);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> calls = IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        List<byte[]> inputs = List.of(new byte[] {(byte) i}, new byte[] {(byte) -i}, new byte[] {7});
                        int done = 0;
                        while (done < inputs.size()) {
                            for (byte[] signature : lane.sign(KEY, inputs.subList(done, inputs.size()))) {
                                assertThat(signature).isEqualTo(signature(KEY, inputs.get(done)));
                                done++;
                            }
                        }
                        return true;
                    })
                    .toList();
            for (int round = 0; round < 10; round++) {
                for (Future<Boolean> signed : callers.invokeAll(calls)) {
                    assertThat(signed.get()).isTrue();
                }
            }
        }

        assertThat(groups.stream().flatMap(List::stream)).hasSize(10 * 40 * 3);
        assertThat(groups).anyMatch(group -> group.size() > 3).allMatch(group -> group.size() <= 16);
        assertThat(mostUnderWay).hasValue(1);
    }

    private static byte[] sign(SigningLane lane, SigningLane.Target target, byte[] input) {
        return lane.sign(target, List.of(input)).getFirst();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
