package dev.slotgate.bench;

import dev.slotgate.Wrk;
import dev.slotgate.hsm.pkcs11.RawToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The least that a gateway of these libraries takes, by turns with the raw token and with the gateway whose module is in its own
 * process, as the least one's is: what a goal leaves for all the rest, if anything.
 */
final class LeastPart implements Part.Measurement {

    private static final List<Mode> MODES = List.of(Mode.LEAST, Mode.IN_PROCESS);

    private final Map<String, BenchGateway.Load> loads = new HashMap<>();

    @Override
    public void measure(Stage stage) throws Exception {
        // What its AOT cache is to know.
        nothing(stage);
        for (Mode mode : MODES) {
            StartPart.measure(stage, mode);
        }
        for (Mode mode : MODES) {
            for (RawToken.Use use : RawToken.Use.values()) {
                loads.put(Names.of(use.name(), mode), RatesPart.warm(stage, use, mode));
            }
            loads.put(Names.batch(mode), BatchPart.warm(stage, mode, List.of(0)));
        }
        BenchGateway.Load nothing = nothing(stage);
        for (int round = 1; round <= stage.pace().rounds(); round++) {
            stage.say("round %d of %d: the least".formatted(round, stage.pace().rounds()));
            Loaded.round(stage, Mode.LEAST, nothing).note(stage.figures(), Names.NOTHING, Names.NOTHING_CPU);
            round(stage);
        }
        double peak = load(RawToken.Use.ES256.name(), Mode.IN_PROCESS)
                .run(RatesPart.CONNECTIONS, stage.pace().seconds())
                .perSecond();
        for (Mode mode : MODES) {
            LoadPart.latency(stage, mode, peak / 2);
        }
    }

    /** Calls that do nothing, and warm it up. */
    private static BenchGateway.Load nothing(Stage stage) throws Exception {
        BenchGateway least = stage.gateway(Mode.LEAST);
        Wrk.Call signature = new Calls(least.admin()).use(RawToken.Use.ES256, 0);
        BenchGateway.Load load = least.load(List.of(new Wrk.Call("/slots/0/nothing", signature.json())));
        load.run(RatesPart.CONNECTIONS, Math.ceilDiv(stage.pace().warmUp(), 4));
        return load;
    }

    private void round(Stage stage) throws Exception {
        for (RawToken.Use use : RawToken.Use.values()) {
            RatesPart.raw(stage, use, RatesPart.RAW_THREADS, stage.pace().seconds());
            for (Mode mode : MODES) {
                RatesPart.compared(stage, use, mode, load(use.name(), mode));
            }
        }
        BatchPart.raw(stage);
        for (Mode mode : MODES) {
            BatchPart.items(stage, Names.batch(mode), Objects.requireNonNull(loads.get(Names.batch(mode))));
        }
    }

    private BenchGateway.Load load(String name, Mode mode) {
        return Objects.requireNonNull(loads.get(Names.of(name, mode)));
    }
}
