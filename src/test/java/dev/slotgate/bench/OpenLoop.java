package dev.slotgate.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a steady rate, whatever becomes of those before. How long an answer took counts from when the call was to be sent: one
 * that finds its connection busy has waited, and that is the gateway's doing.
 */
final class OpenLoop {

    private static final int CONNECTIONS = 32;

    private final URI url;
    private final byte[] request;

    /** @param request the whole of it, as it is sent */
    OpenLoop(String url, String request) {
        this.url = URI.create(url);
        this.request = request.getBytes(StandardCharsets.UTF_8);
    }

    Latencies run(double perSecond, Duration time) throws Exception {
        double nanos = 1e9 / perSecond;
        int calls = (int) (time.toNanos() / nanos / CONNECTIONS);
        long start = System.nanoTime() + Duration.ofMillis(200).toNanos();
        List<Callable<List<Long>>> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            long first = start + Math.round(i * nanos);
            connections.add(() -> call(first, nanos * CONNECTIONS, calls));
        }
        var latencies = new ArrayList<Long>();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<List<Long>> each : threads.invokeAll(connections)) {
                latencies.addAll(each.get());
            }
        }
        return new Latencies(latencies);
    }

    private List<Long> call(long first, double nanos, int calls) throws IOException {
        var latencies = new ArrayList<Long>(calls);
        try (var connection = new KeptConnection(url.getHost(), url.getPort())) {
            for (int i = 0; i < calls; i++) {
                long intended = first + Math.round(i * nanos);
                for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                connection.call(request);
                latencies.add(System.nanoTime() - intended);
            }
        }
        return latencies;
    }
}
