package dev.slotgate.bench;

import dev.slotgate.hsm.pkcs11.RawToken;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** ES256 in batches of 100, whose items are of one slot, and of ten. */
final class BatchPart implements Part.Measurement {

    static final String TEN_SLOTS = "ES256 in batches of 100, over 10 slots";

    private static final int ITEMS = 100;
    private static final int CONNECTIONS = 4;

    @Override
    public void measure(Stage stage) throws Exception {
        Map<Mode, BenchGateway.Load> loads = new EnumMap<>(Mode.class);
        for (Mode mode : Mode.COMPARED) {
            loads.put(mode, warm(stage, mode, List.of(0)));
        }
        BenchGateway.Load tenSlots =
                warm(stage, Mode.WORKER, IntStream.range(0, 10).boxed().toList());
        for (int round = 1; round <= stage.pace().rounds(); round++) {
            stage.say("round %d of %d: batches".formatted(round, stage.pace().rounds()));
            raw(stage);
            for (Mode mode : Mode.COMPARED) {
                items(stage, Names.batch(mode), Objects.requireNonNull(loads.get(mode)));
            }
            items(stage, Names.of(TEN_SLOTS, Mode.WORKER), tenSlots);
        }
    }

    static void raw(Stage stage) throws Exception {
        RawToken.Run raw = stage.raw()
                .run(
                        RawToken.Use.ES256,
                        RatesPart.RAW_THREADS,
                        Duration.ofSeconds(stage.pace().seconds()));
        stage.figures().add(Names.rawBeside("batches"), "/s", raw.perSecond());
    }

    static BenchGateway.Load warm(Stage stage, Mode mode, List<Integer> slots) throws Exception {
        // Most of the way is that of a signature by itself.
        stage.signing(mode);
        BenchGateway gateway = stage.gateway(mode);
        BenchGateway.Load load = gateway.load(List.of(new Calls(gateway.admin()).batch(ITEMS, slots)));
        load.run(CONNECTIONS, Math.ceilDiv(stage.pace().warmUp(), 4));
        return load;
    }

    static void items(Stage stage, String name, BenchGateway.Load load) throws Exception {
        double batches = load.run(CONNECTIONS, stage.pace().seconds()).perSecond();
        stage.figures().add(name, "/s", batches * ITEMS);
    }
}
