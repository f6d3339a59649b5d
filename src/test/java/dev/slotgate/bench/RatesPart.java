package dev.slotgate.bench;

import dev.slotgate.Wrk;
import dev.slotgate.hsm.pkcs11.RawToken;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The raw token and the gateways by turns, and what they take of the processor. */
final class RatesPart implements Part.Measurement {

    static final int CONNECTIONS = 16;
    static final int RAW_THREADS = 2;

    private static final List<Integer> OTHER_THREADS = List.of(1, 4, 8);
    /** There is no goal for them. */
    private static final int OTHER_SECONDS = 1;

    private static final List<Integer> OTHER_CONNECTIONS = List.of(1, 64);

    private final Map<String, BenchGateway.Load> loads = new HashMap<>();

    @Override
    public void measure(Stage stage) throws Exception {
        for (RawToken.Use use : RawToken.Use.values()) {
            for (Mode mode : Mode.GATEWAYS) {
                loads.put(Names.of(use.name(), mode), warm(stage, use, mode));
            }
        }
        for (int round = 1; round <= stage.pace().rounds(); round++) {
            for (RawToken.Use use : RawToken.Use.values()) {
                stage.say("round %d of %d: %s".formatted(round, stage.pace().rounds(), use));
                round(stage, use);
            }
        }
    }

    static BenchGateway.Load warm(Stage stage, RawToken.Use use, Mode mode) throws Exception {
        if (use == RawToken.Use.ES256) {
            return stage.signing(mode);
        }
        BenchGateway gateway = stage.gateway(mode);
        BenchGateway.Load load = gateway.load(List.of(new Calls(gateway.admin()).use(use, 0)));
        load.run(CONNECTIONS, Math.ceilDiv(stage.pace().warmUp(), 8));
        return load;
    }

    private void round(Stage stage, RawToken.Use use) throws Exception {
        raw(stage, use, RAW_THREADS, stage.pace().seconds());
        for (Mode mode : Mode.GATEWAYS) {
            compared(stage, use, mode, load(use, mode));
        }
        for (int threads : OTHER_THREADS) {
            raw(stage, use, threads, OTHER_SECONDS);
        }
        for (int connections : OTHER_CONNECTIONS) {
            for (Mode mode : List.of(Mode.WORKER, Mode.TLS)) {
                Wrk.Run run = load(use, mode).run(connections, OTHER_SECONDS);
                stage.figures().add(Names.rate(use, mode, connections), "/s", run.perSecond());
            }
        }
    }

    static void raw(Stage stage, RawToken.Use use, int threads, int seconds) throws Exception {
        RawToken.Run run = stage.raw().run(use, threads, Duration.ofSeconds(seconds));
        stage.figures().add(Names.raw(use, threads), "/s", run.perSecond());
        if (threads == RAW_THREADS) {
            stage.figures().add(Names.rawCpu(use), "µs", run.cpuMicros());
        }
    }

    static void compared(Stage stage, RawToken.Use use, Mode mode, BenchGateway.Load load) throws Exception {
        Loaded loaded = Loaded.round(stage, mode, load);
        loaded.note(stage.figures(), Names.rate(use, mode, CONNECTIONS), Names.cpu(use, mode));
        double own = (double) loaded.cpu().own() / loaded.run().answers();
        stage.figures().add(Names.ownCpu(use, mode), "µs", own);
    }

    private BenchGateway.Load load(RawToken.Use use, Mode mode) {
        return Objects.requireNonNull(loads.get(Names.of(use.name(), mode)));
    }
}
