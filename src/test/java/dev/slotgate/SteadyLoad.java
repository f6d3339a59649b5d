package dev.slotgate;

import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a steady rate to two gateways in turn, whatever becomes of those before: signatures, and now and then a key with an
 * Idempotency-Key. One that is not answered, or answered 503, is sent to the other gateway, once.
 */
final class SteadyLoad implements AutoCloseable {

    /** A token of files that two processes add thousands of keys to gets slow by itself. */
    private static final int ONE_KEY_IN = 1_000;

    private static final int UNAVAILABLE = 503;
    private static final int MOST_IN_FLIGHT = 500;

    private final AtomicReferenceArray<Gateway> gateways;
    private final String signature;
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final Thread clock;
    private volatile boolean stopped;

    /** @param signature the body of the request for a signature */
    SteadyLoad(int perSecond, Gateway one, Gateway other, String signature) {
        this.gateways = new AtomicReferenceArray<>(new Gateway[] {one, other});
        this.signature = signature;
        this.clock = Thread.ofPlatform().start(() -> send(1_000_000_000L / perSecond));
    }

    /** One of them was started again. */
    void replace(int which, Gateway gateway) {
        gateways.set(which, gateway);
    }

    private void send(long nanos) {
        long next = System.nanoTime();
        for (int i = 0; !stopped; i++) {
            int number = i;
            inFlight.acquireUninterruptibly();
            requests.execute(() -> {
                try {
                    request(number);
                } finally {
                    inFlight.release();
                }
            });
            next += nanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void request(int number) {
        sent.incrementAndGet();
        String failure = tried(number, number % 2);
        if (failure != null) {
            again.incrementAndGet();
            String secondFailure = tried(number, 1 - number % 2);
            if (secondFailure != null) {
                failures.add(failure + ", then " + secondFailure);
            }
        }
    }

    /** What went wrong; null when nothing did. */
    private @Nullable String tried(int number, int which) {
        try {
            Gateway.Answer answer = call(number, gateways.get(which));
            if (answer.status() < 300) {
                return null;
            }
            if (answer.status() != UNAVAILABLE) {
                failures.add("not to be tried again: " + answer.text());
                return null;
            }
            return answer.text();
        } catch (IOException e) {
            return e.toString();
        } catch (Exception e) {
            failures.add(e.toString());
            return null;
        }
    }

    private Gateway.Answer call(int number, Gateway gateway) throws Exception {
        if (number % ONE_KEY_IN != 0) {
            return gateway.post("/slots/0/sign", signature);
        }
        String label = "made-" + number;
        Gateway.Answer answer = gateway.post(
                "/slots/0/keys",
                "{'type':'EC','curve':'P-256','label':'%s','usage':['sign']}".formatted(label),
                "Idempotency-Key",
                label);
        if (answer.status() < 300) {
            keys.put(label, answer.json().path("id").asString());
        }
        return answer;
    }

    int sent() {
        return sent.get();
    }

    /** How many were sent twice. */
    int sentAgain() {
        return again.get();
    }

    /** The ids of the keys that were made, by label. */
    Map<String, String> keys() {
        return keys;
    }

    /** What the second try did not mend. */
    Queue<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        stopped = true;
        while (clock.isAlive()) {
            LockSupport.parkNanos(1_000_000);
        }
        requests.close();
    }
}
