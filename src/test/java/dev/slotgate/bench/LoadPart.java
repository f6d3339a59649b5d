package dev.slotgate.bench;

import dev.slotgate.Wrk;
import dev.slotgate.hsm.pkcs11.RawToken;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What a gateway that signs with ES256 holds, allocates, and lets its callers wait when it is not at its limit. */
final class LoadPart implements Part.Measurement {

    private static final double P99 = 0.99;
    private static final double KIB = 1024;

    @Override
    public void measure(Stage stage) throws Exception {
        for (Mode mode : Mode.COMPARED) {
            stage.say("memory, p99 and allocation (%s)".formatted(mode.word()));
            BenchGateway.Load load = stage.signing(mode);
            double peak =
                    load.run(RatesPart.CONNECTIONS, stage.pace().seconds()).perSecond();
            memory(stage, mode);
            latency(stage, mode, peak / 2);
            // Last, since what it asks makes the gateway larger.
            allocation(stage, mode, load);
        }
    }

    private static void memory(Stage stage, Mode mode) throws Exception {
        BenchGateway gateway = stage.gateway(mode);
        GatewayProcesses processes = gateway.processes();
        stage.figures().add(Names.of(Names.PSS, mode), "MB", processes.memory("Pss") / KIB);
        stage.figures().add(Names.of(Names.RSS, mode), "MB", processes.memory("Rss") / KIB);
        stage.figures().add(Names.of("load before the memory was looked at", mode), "s", gateway.loaded());
    }

    static void latency(Stage stage, Mode mode, double perSecond) throws Exception {
        BenchGateway gateway = stage.gateway(mode);
        var open = new OpenLoop(gateway.url(), request(gateway), gateway.data());
        Duration time = Duration.ofSeconds(stage.pace().seconds() + 2L);
        // So many connections are new to the gateway.
        open.run(perSecond, time);
        for (int round = 0; round < stage.pace().rounds(); round++) {
            double millis = open.run(perSecond, time).percentileMillis(P99);
            stage.figures().add(Names.of(Names.P99, mode), "ms", millis);
        }
        stage.figures().add(Names.of("half the peak rate", mode), "/s", perSecond);
    }

    private static String request(BenchGateway gateway) throws Exception {
        Wrk.Call call = new Calls(gateway.admin()).use(RawToken.Use.ES256, 0);
        String body = call.json().replace('\'', '"');
        return String.join(
                "\r\n",
                List.of(
                        "POST " + call.path() + " HTTP/1.1",
                        "Host: 127.0.0.1",
                        "Authorization: Bearer "
                                + Objects.requireNonNull(gateway.admin().token()),
                        "Content-Type: application/json",
                        "Content-Length: " + body.length(),
                        "",
                        body));
    }

    private static void allocation(Stage stage, Mode mode, BenchGateway.Load load) throws Exception {
        try (Allocation allocation =
                Allocation.of(stage.gateway(mode).processes().own())) {
            for (int round = 0; round < stage.pace().rounds(); round++) {
                long before = allocation.bytes();
                Wrk.Run run = load.run(RatesPart.CONNECTIONS, stage.pace().seconds());
                double each = (double) (allocation.bytes() - before) / run.answers();
                stage.figures().add(Names.of(Names.ALLOCATION, mode), "KB", each / KIB);
            }
        }
    }
}
