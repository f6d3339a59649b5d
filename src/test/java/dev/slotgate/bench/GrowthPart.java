package dev.slotgate.bench;

import dev.slotgate.hsm.pkcs11.FillerKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** ES256 among few and among very many keys of a slot, and on one slot and on ten; of a gateway that is not used for anything else. */
final class GrowthPart implements Part.Measurement {

    static final int FEW_KEYS = 10;

    private static final int SLOTS = 10;
    private static final String USER_PIN = "98765432";

    @Override
    public void measure(Stage stage) throws Exception {
        for (Mode mode : Mode.COMPARED) {
            stage.say("growth (%s)".formatted(mode.word()));
            try (BenchGateway gateway = BenchGateway.start(stage.folder("growth"), mode)) {
                if (mode == Mode.COMPARED.getFirst()) {
                    fill(stage, gateway);
                }
                measure(stage, gateway);
            }
        }
    }

    /** Slot 0 has few keys, slots 1 and 2 have many. The keys that sign are among the others, and ten in each slot. */
    private static void fill(Stage stage, BenchGateway gateway) throws Exception {
        Calls calls = new Calls(gateway.admin());
        for (int slot = 0; slot < SLOTS; slot++) {
            calls.manyKeys(slot, FEW_KEYS);
        }
        long start = System.nanoTime();
        filler(gateway, 1, stage.pace().manyKeys());
        filler(gateway, 2, stage.pace().mostKeys());
        double seconds = (System.nanoTime() - start) / 1e9;
        int made = stage.pace().manyKeys() + stage.pace().mostKeys() - 2 * FEW_KEYS;
        stage.figures().add("to make " + made + " keys", "s", seconds);
        // It reads all of them anew.
        gateway.restart();
    }

    private static void filler(BenchGateway gateway, int slot, int keys) {
        FillerKeys.make(gateway.data().resolve("softhsm2.conf"), "slot-" + slot, USER_PIN, keys - FEW_KEYS);
    }

    private static void measure(Stage stage, BenchGateway gateway) throws Exception {
        Calls calls = new Calls(gateway.admin());
        Mode mode = gateway.mode();
        Map<String, BenchGateway.Load> loads = new LinkedHashMap<>();
        List<Integer> keys =
                List.of(FEW_KEYS, stage.pace().manyKeys(), stage.pace().mostKeys());
        for (int slot = 0; slot < keys.size(); slot++) {
            loads.put(Names.keys(keys.get(slot), mode), gateway.load(calls.manyKeys(slot, FEW_KEYS)));
        }
        loads.put(Names.of(Names.ONE_SLOT, mode), gateway.load(calls.manyKeys(3, FEW_KEYS)));
        loads.put(
                Names.of(Names.TEN_SLOTS, mode),
                gateway.load(IntStream.range(0, SLOTS)
                        .boxed()
                        .flatMap(slot -> calls.manyKeys(slot, 1).stream())
                        .toList()));
        int warmUp = Math.ceilDiv(stage.pace().warmUp(), loads.size());
        for (BenchGateway.Load load : loads.values()) {
            load.run(RatesPart.CONNECTIONS, warmUp);
        }
        for (int round = 0; round < stage.pace().rounds(); round++) {
            for (Map.Entry<String, BenchGateway.Load> each : loads.entrySet()) {
                double rate = each.getValue()
                        .run(RatesPart.CONNECTIONS, stage.pace().seconds())
                        .perSecond();
                stage.figures().add(each.getKey(), "/s", rate);
            }
        }
    }
}
