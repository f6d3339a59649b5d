package dev.slotgate.bench;

import dev.slotgate.Gateway;
import dev.slotgate.LaunchedGateway;
import dev.slotgate.TestCertificate;
import dev.slotgate.Wrk;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A trial gateway as {@code ./slotgate run} starts it, with its AOT cache, and what it is called with. */
final class BenchGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int GLANCE_MILLIS = 2;
    /** As long as those that a trial gateway gives. */
    private static final int LEAST_TOKEN = 850;

    private final Path data;
    private final Mode mode;
    private final TestCertificate certificate = TestCertificate.selfSigned("bench");
    private LaunchedGateway launched;
    private Gateway admin;
    private Duration ready;
    private int scripts;
    private double loaded;

    private BenchGateway(Path data, Mode mode) throws Exception {
        this.data = data;
        this.mode = mode;
        long begun = System.nanoTime();
        this.launched = launch();
        this.ready = Duration.ofNanos(System.nanoTime() - begun);
        this.admin = mode == Mode.LEAST ? caller().with("x".repeat(LEAST_TOKEN)) : caller().as("", "*");
    }

    /** @param data where it is made, unless it is there */
    static BenchGateway start(Path data, Mode mode) throws Exception {
        return new BenchGateway(data, mode);
    }

    /** Stops it and starts it again with the same data. Its access tokens go on working. */
    void restart() throws Exception {
        close();
        long begun = System.nanoTime();
        launched = launch();
        ready = Duration.ofNanos(System.nanoTime() - begun);
        admin = caller().with(admin.token());
        loaded = 0;
    }

    private Gateway caller() throws Exception {
        HttpClient trusting =
                HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        return new Gateway(launched.url(), data, trusting);
    }

    private LaunchedGateway launch() throws Exception {
        Files.deleteIfExists(data.resolve("gateway.url"));
        LaunchedGateway started = mode == Mode.LEAST
                ? LaunchedGateway.start(data, new LeastProcess(data).next())
                : LaunchedGateway.start(data, environment());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(data.resolve("gateway.url"))) {
            if (!started.process().isAlive() || System.nanoTime() > end) {
                throw new IOException("The gateway did not start: " + started.output());
            }
            Thread.sleep(GLANCE_MILLIS);
        }
        return started.awaitReady();
    }

    private Map<String, String> environment() throws Exception {
        var environment = new HashMap<String, String>();
        if (mode == Mode.IN_PROCESS) {
            environment.put("SLOTGATE_MODULES_0_ISOLATION", "in-process");
        }
        if (mode == Mode.TLS) {
            Path pem = data.resolveSibling("web.pem");
            Path key = data.resolveSibling("web.key");
            certificate.replace(pem, key);
            environment.put("SLOTGATE_WEB_TLS_CERTIFICATE", pem.toString());
            environment.put("SLOTGATE_WEB_TLS_PRIVATE_KEY", key.toString());
        }
        return environment;
    }

    /** From the launcher's start until it said where it listens, which it does when it is ready. */
    Duration ready() {
        return ready;
    }

    Mode mode() {
        return mode;
    }

    Path data() {
        return data;
    }

    Gateway admin() {
        return admin;
    }

    String url() throws IOException {
        return launched.url();
    }

    /** What calls it as fast as it can. */
    Load load(List<Wrk.Call> calls) throws IOException {
        Wrk wrk = Wrk.posting(admin, url(), calls, data.resolve("calls-" + scripts++ + ".lua"));
        return (connections, seconds) -> {
            Wrk.Run run = wrk.run(connections, seconds);
            loaded += seconds;
            return run;
        };
    }

    /** For how long it was called as fast as could be since its start, in seconds. */
    double loaded() {
        return loaded;
    }

    GatewayProcesses processes() {
        return new GatewayProcesses(launched.process(), launched.processes().toList());
    }

    @Override
    public void close() throws IOException {
        launched.process().destroy();
        launched.process().onExit().join();
        launched.close();
    }

    /** Calls as fast as it is answered. */
    interface Load {

        Wrk.Run run(int connections, int seconds) throws Exception;
    }
}
